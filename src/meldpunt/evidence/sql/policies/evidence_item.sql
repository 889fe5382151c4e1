-- Whoever may seal adds in their own name; who may open or shred sees what there is; an organisation sees what it sent, a
-- machine what it sent itself.
GRANT INSERT ON evidence_item TO meldpunt_desk, meldpunt_portal, meldpunt_public, meldpunt_sensor, meldpunt_jobs;
GRANT SELECT ON evidence_item TO meldpunt_desk, meldpunt_portal, meldpunt_public, meldpunt_sensor, meldpunt_jobs;
GRANT UPDATE (shredded_at, digest, salt, name, name_given, nested, found) ON evidence_item TO meldpunt_desk, meldpunt_jobs;

CREATE POLICY seal ON evidence_item FOR INSERT TO meldpunt_desk, meldpunt_portal, meldpunt_jobs
WITH CHECK ((SELECT access_may('evidence.seal')) AND sealed_by = (SELECT access_actor()) AND shredded_at IS NULL
    AND organisation IS NOT DISTINCT FROM (SELECT access_organisation()));

CREATE POLICY strangers_seal ON evidence_item FOR INSERT TO meldpunt_public
WITH CHECK ((SELECT access_may('evidence.seal')) AND sealed_by = (SELECT access_stranger()) AND shredded_at IS NULL
    AND organisation IS NULL);

CREATE POLICY machines_seal ON evidence_item FOR INSERT TO meldpunt_sensor
WITH CHECK ((SELECT access_may('evidence.seal')) AND shredded_at IS NULL
    AND EXISTS (SELECT FROM access_machinekey k
        WHERE k.id = sealed_by AND k.organisation IS NOT DISTINCT FROM evidence_item.organisation));

CREATE POLICY inside_read ON evidence_item FOR SELECT TO meldpunt_desk, meldpunt_jobs
USING ((SELECT access_may('evidence.open')) OR (SELECT access_may('evidence.shred')));

CREATE POLICY senders_read ON evidence_item FOR SELECT TO meldpunt_portal
USING (organisation = (SELECT access_organisation()));

-- What the machine sealed itself: a key is stolen sooner than a log-in, and opens nothing that its people sent.
CREATE POLICY machines_read ON evidence_item FOR SELECT TO meldpunt_sensor
USING (sealed_by = (SELECT id FROM access_machinekey));

-- Shredding is the only change, and it has no way back: a shredded row is no longer updatable.
CREATE POLICY shred ON evidence_item FOR UPDATE TO meldpunt_desk, meldpunt_jobs
USING ((SELECT access_may('evidence.shred')) AND shredded_at IS NULL)
WITH CHECK (shredded_at IS NOT NULL);

-- Whatever policy lets it be shredded, not while somebody said why it has to stay.
CREATE POLICY held ON evidence_item AS RESTRICTIVE FOR UPDATE TO meldpunt_desk, meldpunt_jobs
USING (true)
WITH CHECK (NOT EXISTS (SELECT FROM evidence_hold h WHERE h.about = evidence_item.about AND h.lifted_at IS NULL));
