-- Which certificates go with a key: who keeps the register binds and revokes them, its organisation sees them, and the door
-- of machines sees the one that a connection was made with, as long as it holds.
GRANT SELECT ON access_machinecertificate TO meldpunt_desk, meldpunt_portal, meldpunt_sensor;
GRANT INSERT, UPDATE (revoked_at) ON access_machinecertificate TO meldpunt_desk;

CREATE POLICY sensor_shown ON access_machinecertificate FOR SELECT TO meldpunt_sensor
USING (fingerprint = (SELECT access_certificate()) AND revoked_at IS NULL AND not_before <= now() AND not_after > now());

CREATE POLICY desk_reads ON access_machinecertificate FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('constituency.manage')));

CREATE POLICY desk_binds ON access_machinecertificate FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('constituency.manage')) AND revoked_at IS NULL);

-- What was revoked stays revoked.
CREATE POLICY desk_revokes ON access_machinecertificate FOR UPDATE TO meldpunt_desk
USING ((SELECT access_may('constituency.manage')) AND revoked_at IS NULL)
WITH CHECK (revoked_at IS NOT NULL);

CREATE POLICY portal_own ON access_machinecertificate FOR SELECT TO meldpunt_portal
USING (EXISTS (SELECT FROM access_machinekey AS k WHERE k.id = machine_id));
