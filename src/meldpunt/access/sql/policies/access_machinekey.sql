-- A key is found only by who shows it. Who keeps the register hands out keys that read or forward, sees all and takes any
-- back, and an organisation knows which machines of its own have one; neither ever sees a digest.
GRANT SELECT ON access_machinekey TO meldpunt_sensor, meldpunt_jobs;
GRANT INSERT, UPDATE (revoked_at) ON access_machinekey TO meldpunt_jobs;

-- A key that asks for a certificate opens nothing without one of those that go with it.
CREATE POLICY sensor_shown ON access_machinekey FOR SELECT TO meldpunt_sensor
USING (digest = (SELECT access_key_digest()) AND revoked_at IS NULL AND expires_at > now()
    AND (NOT needs_certificate OR EXISTS (SELECT FROM access_machinecertificate AS shown
        WHERE shown.machine_id = access_machinekey.id)));

CREATE POLICY jobs_manage ON access_machinekey TO meldpunt_jobs
USING ((SELECT access_may('account.manage')));

GRANT SELECT (id, name, role, organisation, created_at, expires_at, revoked_at, needs_certificate)
ON access_machinekey TO meldpunt_desk, meldpunt_portal;
GRANT INSERT, UPDATE (revoked_at, needs_certificate) ON access_machinekey TO meldpunt_desk;

CREATE POLICY desk_sees ON access_machinekey FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('constituency.manage')));

-- A sensor is made where its participation is agreed, not at the desk.
CREATE POLICY desk_issues ON access_machinekey FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('constituency.manage')) AND role IN ('reader', 'forwarder')
    AND organisation IS NOT NULL AND revoked_at IS NULL);

-- What was revoked stays revoked, whatever is changed.
CREATE POLICY desk_changes ON access_machinekey FOR UPDATE TO meldpunt_desk
USING ((SELECT access_may('constituency.manage')) AND revoked_at IS NULL)
WITH CHECK ((SELECT access_may('constituency.manage')));

CREATE POLICY portal_own ON access_machinekey FOR SELECT TO meldpunt_portal
USING ((SELECT access_may('organisation.read-own')) AND organisation = (SELECT access_organisation()));

-- For access_fetching alone, which asks for its permission.
CREATE POLICY owner_answers ON access_machinekey FOR SELECT TO meldpunt_owner USING (true);
