-- A shift is signed off once, by somebody else than who hands it over.
GRANT SELECT, INSERT, UPDATE (signed_by, signed_by_name, signed_at) ON response_handover TO meldpunt_desk;

CREATE POLICY desk_reads ON response_handover FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('response.read')));

CREATE POLICY desk_adds ON response_handover FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('response.lead'))
    AND given_by = (SELECT access_actor()) AND signed_by IS NULL
    AND EXISTS (SELECT FROM response_activation a WHERE a.id = activation_id AND a.ended_at IS NULL));

CREATE POLICY desk_finishes ON response_handover FOR UPDATE TO meldpunt_desk
USING ((SELECT access_may('response.lead')) AND signed_by IS NULL)
WITH CHECK (signed_by = (SELECT access_actor()) AND signed_by <> given_by);
