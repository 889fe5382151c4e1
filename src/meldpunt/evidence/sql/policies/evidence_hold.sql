-- Whoever may hold says so in their own name, and once lifted it is history. Who shreds reads what stops it: the row policy of
-- items asks here.
GRANT SELECT, INSERT, UPDATE (lifted_at, lifted_by, lifted_because) ON evidence_hold TO meldpunt_desk;
GRANT SELECT ON evidence_hold TO meldpunt_jobs;

CREATE POLICY inside_read ON evidence_hold FOR SELECT TO meldpunt_desk, meldpunt_jobs
USING ((SELECT access_may('evidence.hold')) OR (SELECT access_may('evidence.shred')));

CREATE POLICY desk_holds ON evidence_hold FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('evidence.hold')) AND placed_by = (SELECT access_actor()) AND lifted_at IS NULL);

CREATE POLICY desk_lifts ON evidence_hold FOR UPDATE TO meldpunt_desk
USING ((SELECT access_may('evidence.hold')) AND lifted_at IS NULL)
WITH CHECK (lifted_by = (SELECT access_actor()));
