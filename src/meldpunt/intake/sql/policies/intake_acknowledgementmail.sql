-- Holds an address, and until it went a receipt code: whoever hands mail to a server reads it, and nobody else.
GRANT SELECT, INSERT, UPDATE (code) ON intake_acknowledgementmail TO meldpunt_jobs;

CREATE POLICY jobs_read ON intake_acknowledgementmail FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('report.read')));

CREATE POLICY jobs_write ON intake_acknowledgementmail FOR INSERT TO meldpunt_jobs
WITH CHECK ((SELECT access_may('report.submit')));

CREATE POLICY jobs_forget_the_code ON intake_acknowledgementmail FOR UPDATE TO meldpunt_jobs
USING ((SELECT access_may('disclosure.deliver'))) WITH CHECK (code = '');
