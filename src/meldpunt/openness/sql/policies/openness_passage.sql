-- Added and taken away while the request is open; what was decided on stands.
GRANT SELECT, INSERT, DELETE ON openness_passage TO meldpunt_desk;

CREATE POLICY desk_handles ON openness_passage FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('information-request.handle')));

CREATE POLICY desk_withholds ON openness_passage FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('information-request.handle')) AND by = (SELECT access_actor())
    AND EXISTS (SELECT FROM openness_selection s JOIN openness_request r ON r.id = s.request_id
        WHERE s.id = selection_id AND r.state = 'open'));

CREATE POLICY desk_takes_away ON openness_passage FOR DELETE TO meldpunt_desk
USING ((SELECT access_may('information-request.handle'))
    AND EXISTS (SELECT FROM openness_selection s JOIN openness_request r ON r.id = s.request_id
        WHERE s.id = selection_id AND r.state = 'open'));
