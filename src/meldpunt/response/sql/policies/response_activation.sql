-- Members learn of a response by its situation reports, through the door; the rest is the desk's.
GRANT SELECT, INSERT, UPDATE (ended_by, ended_by_name, ended_at, ending_reason) ON response_activation TO meldpunt_desk;

CREATE POLICY desk_reads ON response_activation FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('response.read')));

CREATE POLICY desk_adds ON response_activation FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('response.lead'))
    AND started_by = (SELECT access_actor()) AND ended_at IS NULL);

CREATE POLICY desk_finishes ON response_activation FOR UPDATE TO meldpunt_desk
USING ((SELECT access_may('response.lead')) AND ended_at IS NULL)
WITH CHECK (ended_by = (SELECT access_actor()));
