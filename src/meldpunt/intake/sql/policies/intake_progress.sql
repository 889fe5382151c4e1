-- Left by the desk and the jobs; who sees the report sees how far it is.
GRANT SELECT ON intake_progress TO meldpunt_desk, meldpunt_portal, meldpunt_public, meldpunt_sensor, meldpunt_jobs;
GRANT INSERT ON intake_progress TO meldpunt_desk, meldpunt_jobs;

CREATE POLICY desk_reads ON intake_progress FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('report.read')));

CREATE POLICY jobs_read ON intake_progress FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('report.read')));

CREATE POLICY with_its_report ON intake_progress FOR SELECT TO meldpunt_portal, meldpunt_public, meldpunt_sensor
USING (EXISTS (SELECT FROM intake_report AS report WHERE report.id = report_id));

CREATE POLICY desk_marks ON intake_progress FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('report.complete')) OR (SELECT access_may('triage.decide')));

CREATE POLICY jobs_mark ON intake_progress FOR INSERT TO meldpunt_jobs
WITH CHECK ((SELECT access_may('constituency.attribute')));
