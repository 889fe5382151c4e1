-- The organisation finds its own hearing once it was told, and says in it when it answered. Who asked sees only that
-- somebody is heard and until when: no column that says whom is granted to its door.
GRANT SELECT, INSERT ON openness_hearing TO meldpunt_desk;
GRANT SELECT (id, organisation_id, disclosure_id, asked_at, due_at, answered_at), UPDATE (answered_at)
    ON openness_hearing TO meldpunt_portal;
GRANT SELECT (id, request_id, is_told, asked_at, due_at, answered_at) ON openness_hearing TO meldpunt_public;

CREATE POLICY desk_handles ON openness_hearing FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('information-request.handle')));

CREATE POLICY desk_hears ON openness_hearing FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('information-request.handle')) AND asked_by = (SELECT access_actor())
    AND answered_at IS NULL
    AND EXISTS (SELECT FROM openness_request r WHERE r.id = request_id AND r.state = 'open'));

CREATE POLICY heard_reads ON openness_hearing FOR SELECT TO meldpunt_portal
USING ((SELECT access_may('hearing.answer')) AND organisation_id = (SELECT access_organisation())
    AND disclosure_id IN (SELECT disclosure_id FROM disclosure_reader));

CREATE POLICY heard_answers ON openness_hearing FOR UPDATE TO meldpunt_portal
USING ((SELECT access_may('hearing.answer')) AND organisation_id = (SELECT access_organisation())
    AND answered_at IS NULL AND disclosure_id IN (SELECT disclosure_id FROM disclosure_reader))
WITH CHECK (answered_at IS NOT NULL);

CREATE POLICY requester_by_receipt ON openness_hearing FOR SELECT TO meldpunt_public
USING (is_told AND EXISTS (SELECT FROM openness_request r WHERE r.id = request_id));
