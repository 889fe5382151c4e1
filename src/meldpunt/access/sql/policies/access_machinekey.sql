-- A key is found only by who shows it.
GRANT SELECT ON access_machinekey TO meldpunt_sensor, meldpunt_jobs;
GRANT INSERT, UPDATE (revoked_at) ON access_machinekey TO meldpunt_jobs;

CREATE POLICY sensor_shown ON access_machinekey FOR SELECT TO meldpunt_sensor
USING (digest = (SELECT access_key_digest()) AND revoked_at IS NULL);

CREATE POLICY jobs_manage ON access_machinekey TO meldpunt_jobs
USING ((SELECT access_may('account.manage')));
