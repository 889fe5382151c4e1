-- The name: the one thing that must not be found by looking around.
GRANT SELECT ON constituency_identity TO meldpunt_desk, meldpunt_portal, meldpunt_sensor, meldpunt_jobs;
GRANT INSERT ON constituency_identity TO meldpunt_desk, meldpunt_jobs;

-- Parties are public bodies. Whoever keeps the register must see it; anybody else unseals, one by one.
CREATE POLICY desk_unsealed ON constituency_identity FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('organisation.read')) AND (
    (SELECT access_may('constituency.manage'))
    OR EXISTS (SELECT FROM constituency_organisation o
        WHERE o.id = constituency_identity.organisation_id AND o.kind = 'party')
    OR organisation_id IN (SELECT organisation_id FROM constituency_unsealing
        WHERE actor = (SELECT access_actor()) AND lapses_at > now())));

CREATE POLICY jobs_read ON constituency_identity FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('constituency.read')));

CREATE POLICY portal_its_own_and_parties ON constituency_identity FOR SELECT TO meldpunt_portal
USING ((SELECT access_may('organisation.read')) AND (organisation_id = (SELECT access_organisation())
    OR EXISTS (SELECT FROM constituency_organisation o
        WHERE o.id = constituency_identity.organisation_id AND o.kind = 'party')));

-- Read by constituency_masking alone, which answers about what it is given.
CREATE POLICY owner_answers ON constituency_identity FOR SELECT TO meldpunt_owner USING (true);

CREATE POLICY sensor_itself ON constituency_identity FOR SELECT TO meldpunt_sensor
USING ((SELECT access_may('organisation.read')) AND organisation_id = (SELECT organisation FROM access_machinekey));

CREATE POLICY desk_registers ON constituency_identity FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('constituency.manage')));

CREATE POLICY jobs_register ON constituency_identity FOR INSERT TO meldpunt_jobs
WITH CHECK ((SELECT access_may('constituency.manage')));
