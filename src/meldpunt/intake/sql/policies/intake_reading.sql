-- How far a large feed was read: counts, of nobody.
GRANT SELECT ON intake_reading TO meldpunt_desk, meldpunt_jobs;
GRANT INSERT ON intake_reading TO meldpunt_jobs;
GRANT UPDATE (rows, of_constituents, not_readable, is_whole) ON intake_reading TO meldpunt_jobs;

CREATE POLICY desk_reads ON intake_reading FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('report.read')));

CREATE POLICY jobs_read ON intake_reading FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('report.read')));

CREATE POLICY jobs_begin ON intake_reading FOR INSERT TO meldpunt_jobs
WITH CHECK ((SELECT access_may('constituency.attribute')));

CREATE POLICY jobs_go_on ON intake_reading FOR UPDATE TO meldpunt_jobs
USING ((SELECT access_may('constituency.attribute')));
