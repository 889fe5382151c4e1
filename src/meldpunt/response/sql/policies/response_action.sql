-- Finished once; what was to be done stays as it was agreed.
GRANT SELECT, INSERT, UPDATE (done_by, done_at) ON response_action TO meldpunt_desk;

CREATE POLICY desk_reads ON response_action FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('response.read')));

CREATE POLICY desk_adds ON response_action FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('response.lead'))
    AND assigned_by = (SELECT access_actor())
    AND EXISTS (SELECT FROM response_activation a WHERE a.id = activation_id AND a.ended_at IS NULL));

CREATE POLICY desk_finishes ON response_action FOR UPDATE TO meldpunt_desk
USING ((SELECT access_may('response.lead')) AND done_at IS NULL)
WITH CHECK (done_by = (SELECT access_actor()));
