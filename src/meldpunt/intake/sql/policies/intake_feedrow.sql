-- Rows of a feed name victims by address: the desk and the jobs read them, and whoever sent them.
GRANT SELECT, INSERT ON intake_feedrow TO meldpunt_desk, meldpunt_sensor, meldpunt_jobs;
GRANT UPDATE (organisation_id, attributed_by, examined_at) ON intake_feedrow TO meldpunt_jobs;

CREATE POLICY desk_reads ON intake_feedrow FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('report.read')));

CREATE POLICY jobs_read ON intake_feedrow FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('report.read')));

CREATE POLICY sensor_what_it_sent ON intake_feedrow FOR SELECT TO meldpunt_sensor
USING (EXISTS (SELECT FROM intake_report AS report WHERE report.id = report_id));

CREATE POLICY with_its_report ON intake_feedrow FOR INSERT TO meldpunt_desk, meldpunt_sensor, meldpunt_jobs
WITH CHECK (EXISTS (SELECT FROM intake_report AS report
    WHERE report.id = report_id AND report.sent_by = (SELECT access_actor())));

CREATE POLICY jobs_attribute ON intake_feedrow FOR UPDATE TO meldpunt_jobs
USING ((SELECT access_may('constituency.attribute')));

-- For intake_find_reports alone, which asks for its permission itself and gives ids.
CREATE POLICY owner_searches ON intake_feedrow FOR SELECT TO meldpunt_owner USING (true);
