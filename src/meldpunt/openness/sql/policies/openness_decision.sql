-- Outside, a decision is there for who was told: a version of one of its disclosures is visible to the reader.
-- disclosure_version shows only what was delivered to this reader and not withdrawn.
GRANT SELECT, INSERT, UPDATE (publication_id, release_from) ON openness_decision TO meldpunt_desk;
GRANT SELECT (id, request_id, disclosure_id, publication_id, decided_at, waits, release_from) ON openness_decision TO meldpunt_public;

CREATE POLICY desk_handles ON openness_decision FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('information-request.handle')));

CREATE POLICY desk_decides ON openness_decision FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('information-request.handle')) AND decided_by = (SELECT access_actor())
    AND EXISTS (SELECT FROM disclosure_disclosure d WHERE d.id = disclosure_id
        AND d.subject = request_id AND d.proposed_by = (SELECT access_actor())));

CREATE POLICY desk_publishes ON openness_decision FOR UPDATE TO meldpunt_desk
USING ((SELECT access_may('information-request.handle')))
WITH CHECK (publication_id IS NULL
    OR EXISTS (SELECT FROM disclosure_disclosure d WHERE d.id = publication_id AND d.subject = request_id));

CREATE POLICY public_told ON openness_decision FOR SELECT TO meldpunt_public
USING ((SELECT access_may('disclosure.read'))
    AND EXISTS (SELECT FROM disclosure_version v
        WHERE v.disclosure_id IN (openness_decision.disclosure_id, openness_decision.publication_id)));
