-- The bytes follow the decision: who was told it may read them, where somebody may object not before the day that is set
-- (Woo article 4.4(5)). Written once.
GRANT SELECT, INSERT ON openness_release TO meldpunt_desk;
GRANT SELECT (id, decision_id, position, pdf, digest, size, passages) ON openness_release TO meldpunt_public;

CREATE POLICY desk_handles ON openness_release FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('information-request.handle')));

CREATE POLICY desk_releases ON openness_release FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('information-request.handle'))
    AND EXISTS (SELECT FROM openness_decision d WHERE d.id = decision_id AND d.decided_by = (SELECT access_actor())));

CREATE POLICY public_told ON openness_release FOR SELECT TO meldpunt_public
USING (EXISTS (SELECT FROM openness_decision d WHERE d.id = decision_id AND (NOT d.waits OR d.release_from <= now())));
