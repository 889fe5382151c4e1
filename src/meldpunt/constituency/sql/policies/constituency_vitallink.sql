-- Which vital process an organisation carries is needed to weigh a report before anybody is named.
GRANT SELECT ON constituency_vitallink TO meldpunt_desk, meldpunt_portal, meldpunt_sensor, meldpunt_jobs;
GRANT INSERT ON constituency_vitallink TO meldpunt_desk, meldpunt_jobs;

CREATE POLICY desk_reads ON constituency_vitallink FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('organisation.read')));

CREATE POLICY jobs_read ON constituency_vitallink FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('organisation.read')));

CREATE POLICY portal_its_own ON constituency_vitallink FOR SELECT TO meldpunt_portal
USING ((SELECT access_may('organisation.read')) AND organisation_id = (SELECT access_organisation()));

CREATE POLICY sensor_itself ON constituency_vitallink FOR SELECT TO meldpunt_sensor
USING ((SELECT access_may('organisation.read')) AND organisation_id = (SELECT organisation FROM access_machinekey));

CREATE POLICY desk_registers ON constituency_vitallink FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('constituency.manage')));

CREATE POLICY jobs_register ON constituency_vitallink FOR INSERT TO meldpunt_jobs
WITH CHECK ((SELECT access_may('constituency.manage')));
