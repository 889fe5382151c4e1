-- Written by whoever asks, with the request; read by who handles requests and by nobody else.
GRANT SELECT, INSERT ON openness_requester TO meldpunt_desk;
GRANT INSERT ON openness_requester TO meldpunt_public;

CREATE POLICY desk_handles ON openness_requester FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('information-request.handle')));

CREATE POLICY with_its_request ON openness_requester FOR INSERT TO meldpunt_desk, meldpunt_public
WITH CHECK ((SELECT access_may('information-request.submit'))
    AND EXISTS (SELECT FROM openness_request r WHERE r.id = request_id));
