-- Who stands together is added while the response runs, and never taken out of its history.
GRANT SELECT, INSERT ON response_member TO meldpunt_desk;

CREATE POLICY desk_reads ON response_member FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('response.read')));

CREATE POLICY desk_adds ON response_member FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('response.lead'))
    AND added_by = (SELECT access_actor())
    AND EXISTS (SELECT FROM response_activation a WHERE a.id = activation_id AND a.ended_at IS NULL));
