-- Read by who handles requests and by who gave it. Never by who asked.
GRANT SELECT ON openness_partyview TO meldpunt_desk;
GRANT SELECT, INSERT ON openness_partyview TO meldpunt_portal;

CREATE POLICY desk_handles ON openness_partyview FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('information-request.handle')));

CREATE POLICY heard_reads ON openness_partyview FOR SELECT TO meldpunt_portal
USING ((SELECT access_may('hearing.answer')) AND EXISTS (SELECT FROM openness_hearing h WHERE h.id = hearing_id));

CREATE POLICY heard_answers ON openness_partyview FOR INSERT TO meldpunt_portal
WITH CHECK ((SELECT access_may('hearing.answer')) AND given_by = (SELECT access_actor())
    AND EXISTS (SELECT FROM openness_hearing h WHERE h.id = hearing_id));
