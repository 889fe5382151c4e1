-- Of which deadline whoever reported was reminded: once each. They read the reminder itself, as any disclosure.
GRANT SELECT ON intake_reminder TO meldpunt_desk, meldpunt_jobs;
GRANT INSERT ON intake_reminder TO meldpunt_jobs;

CREATE POLICY inside_read ON intake_reminder FOR SELECT TO meldpunt_desk, meldpunt_jobs
USING ((SELECT access_may('report.read')));

CREATE POLICY jobs_remind ON intake_reminder FOR INSERT TO meldpunt_jobs
WITH CHECK ((SELECT access_may('disclosure.propose')));
