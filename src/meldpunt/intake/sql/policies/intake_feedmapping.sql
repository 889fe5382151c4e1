-- How the CSV of a source is read: of nobody, but it names sources. Whoever works with feeds reads it, and whoever sends
-- one with its key, because by it the feed is read. It is made at the desk and never changed: a row says when it was retired.
GRANT SELECT, INSERT ON intake_feedmapping TO meldpunt_desk;
GRANT UPDATE (retired_at) ON intake_feedmapping TO meldpunt_desk;
GRANT SELECT ON intake_feedmapping TO meldpunt_sensor, meldpunt_jobs;

CREATE POLICY desk_reads ON intake_feedmapping FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('report.read')));

CREATE POLICY jobs_read ON intake_feedmapping FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('report.read')));

CREATE POLICY sensor_forwards ON intake_feedmapping FOR SELECT TO meldpunt_sensor
USING ((SELECT access_may('report.forward')) AND EXISTS (SELECT FROM access_machinekey));

CREATE POLICY desk_makes ON intake_feedmapping FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('report.complete')) AND made_by = (SELECT access_actor()));

CREATE POLICY desk_retires ON intake_feedmapping FOR UPDATE TO meldpunt_desk
USING ((SELECT access_may('report.complete')) AND retired_at IS NULL)
WITH CHECK ((SELECT access_may('report.complete')));
