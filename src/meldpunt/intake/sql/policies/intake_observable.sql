-- Lifted from the text when it comes in, by whoever's transaction that is; read by the desk and the jobs.
GRANT INSERT ON intake_observable
TO meldpunt_desk, meldpunt_portal, meldpunt_public, meldpunt_sensor, meldpunt_jobs;
GRANT SELECT ON intake_observable TO meldpunt_desk, meldpunt_jobs;

CREATE POLICY desk_reads ON intake_observable FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('report.read')));

CREATE POLICY jobs_read ON intake_observable FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('report.read')));

CREATE POLICY with_its_report ON intake_observable FOR INSERT
TO meldpunt_desk, meldpunt_portal, meldpunt_public, meldpunt_sensor, meldpunt_jobs
WITH CHECK (EXISTS (SELECT FROM intake_report AS report WHERE report.id = report_id));
