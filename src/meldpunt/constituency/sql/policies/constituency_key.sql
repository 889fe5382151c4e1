-- A certificate carries the address of its owner: sealed like the contact it belongs to.
GRANT SELECT ON constituency_key TO meldpunt_desk, meldpunt_portal, meldpunt_jobs;
GRANT INSERT ON constituency_key TO meldpunt_desk, meldpunt_portal;
GRANT UPDATE (verified_by, verified_at, verified_how, revoked_by, revoked_at, revocation_reason)
ON constituency_key TO meldpunt_desk;
GRANT UPDATE (revoked_by, revoked_at, revocation_reason) ON constituency_key TO meldpunt_portal;

CREATE POLICY desk_unsealed ON constituency_key FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('organisation.read')) AND (
    (SELECT access_may('constituency.manage'))
    OR EXISTS (SELECT FROM constituency_organisation o
        WHERE o.id = constituency_key.organisation_id AND o.kind = 'party')
    OR organisation_id IN (SELECT organisation_id FROM constituency_unsealing
        WHERE actor = (SELECT access_actor()) AND lapses_at > now())));

CREATE POLICY jobs_read ON constituency_key FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('disclosure.deliver')));

CREATE POLICY portal_its_own ON constituency_key FOR SELECT TO meldpunt_portal
USING ((SELECT access_may('organisation.read-own')) AND organisation_id = (SELECT access_organisation()));

-- Read by constituency_ways alone, which answers with a state and no address.
CREATE POLICY owner_answers ON constituency_key FOR SELECT TO meldpunt_owner USING (true);

-- A key is brought by one deed and trusted by another, at the desk alone.
CREATE POLICY desk_brings ON constituency_key FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('constituency.manage')) AND added_by = (SELECT access_actor())
    AND verified_at IS NULL AND revoked_at IS NULL
    AND EXISTS (SELECT FROM constituency_contact c
        WHERE c.id = contact_id AND c.organisation_id = constituency_key.organisation_id));

CREATE POLICY portal_brings ON constituency_key FOR INSERT TO meldpunt_portal
WITH CHECK ((SELECT access_may('key.bring')) AND organisation_id = (SELECT access_organisation())
    AND added_by = (SELECT access_actor()) AND lent = '' AND verified_at IS NULL AND revoked_at IS NULL
    AND EXISTS (SELECT FROM constituency_contact c
        WHERE c.id = contact_id AND c.organisation_id = constituency_key.organisation_id));

CREATE POLICY desk_settles ON constituency_key FOR UPDATE TO meldpunt_desk
USING ((SELECT access_may('constituency.manage')) AND revoked_at IS NULL)
WITH CHECK ((verified_by IS NULL OR verified_at IS NOT NULL)
    AND (revoked_by IS NULL OR revoked_by = (SELECT access_actor())));

CREATE POLICY portal_revokes ON constituency_key FOR UPDATE TO meldpunt_portal
USING ((SELECT access_may('key.bring')) AND organisation_id = (SELECT access_organisation()) AND revoked_at IS NULL)
WITH CHECK (revoked_by = (SELECT access_actor()));
