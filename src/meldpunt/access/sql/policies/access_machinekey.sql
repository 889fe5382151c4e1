-- A key is found only by who shows it. Who keeps the register hands out keys that read, and an organisation knows which
-- machines of its own have one; neither ever sees a digest.
GRANT SELECT ON access_machinekey TO meldpunt_sensor, meldpunt_jobs;
GRANT INSERT, UPDATE (revoked_at) ON access_machinekey TO meldpunt_jobs;

CREATE POLICY sensor_shown ON access_machinekey FOR SELECT TO meldpunt_sensor
USING (digest = (SELECT access_key_digest()) AND revoked_at IS NULL AND expires_at > now());

CREATE POLICY jobs_manage ON access_machinekey TO meldpunt_jobs
USING ((SELECT access_may('account.manage')));

GRANT SELECT (id, name, role, organisation, created_at, expires_at, revoked_at) ON access_machinekey TO meldpunt_desk, meldpunt_portal;
GRANT INSERT, UPDATE (revoked_at) ON access_machinekey TO meldpunt_desk;

CREATE POLICY desk_readers ON access_machinekey FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('constituency.manage')) AND role = 'reader');

CREATE POLICY desk_issues ON access_machinekey FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('constituency.manage')) AND role = 'reader' AND revoked_at IS NULL);

-- What was revoked stays revoked.
CREATE POLICY desk_revokes ON access_machinekey FOR UPDATE TO meldpunt_desk
USING ((SELECT access_may('constituency.manage')) AND role = 'reader' AND revoked_at IS NULL)
WITH CHECK (revoked_at IS NOT NULL);

CREATE POLICY portal_own ON access_machinekey FOR SELECT TO meldpunt_portal
USING ((SELECT access_may('organisation.read-own')) AND organisation = (SELECT access_organisation()));

-- For access_fetching alone, which asks for its permission.
CREATE POLICY owner_answers ON access_machinekey FOR SELECT TO meldpunt_owner USING (true);
