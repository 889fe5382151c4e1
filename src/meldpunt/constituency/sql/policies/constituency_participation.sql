-- Who takes part in the detection network is for the desk and, at the door of its sensors, for itself.
GRANT SELECT ON constituency_participation TO meldpunt_desk, meldpunt_portal, meldpunt_jobs;
GRANT INSERT ON constituency_participation TO meldpunt_desk, meldpunt_jobs;

CREATE POLICY desk_reads ON constituency_participation FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('organisation.read')));

CREATE POLICY jobs_read ON constituency_participation FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('organisation.read')));

CREATE POLICY portal_its_own ON constituency_participation FOR SELECT TO meldpunt_portal
USING ((SELECT access_may('organisation.read')) AND organisation_id = (SELECT access_organisation()));

GRANT SELECT ON constituency_participation TO meldpunt_sensor;

CREATE POLICY sensor_itself ON constituency_participation FOR SELECT TO meldpunt_sensor
USING ((SELECT access_may('organisation.read')) AND organisation_id = (SELECT organisation FROM access_machinekey));

CREATE POLICY desk_registers ON constituency_participation FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('constituency.manage')));

CREATE POLICY jobs_register ON constituency_participation FOR INSERT TO meldpunt_jobs
WITH CHECK ((SELECT access_may('constituency.manage')));
