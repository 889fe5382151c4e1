-- The snapshot holds what will be withheld: for who handles requests only. No role may change it.
GRANT SELECT, INSERT ON openness_selection TO meldpunt_desk;

CREATE POLICY desk_handles ON openness_selection FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('information-request.handle')));

CREATE POLICY desk_selects ON openness_selection FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('information-request.handle')) AND selected_by = (SELECT access_actor())
    AND EXISTS (SELECT FROM openness_request r WHERE r.id = request_id AND r.state = 'open')
    AND EXISTS (SELECT FROM cases_document d WHERE d.id = document_id));
