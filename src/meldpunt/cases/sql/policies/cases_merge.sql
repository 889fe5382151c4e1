-- A merge is written in one's own name; undoing it, once and in one's own name, is the only change.
GRANT SELECT, INSERT, UPDATE (undone_by, undone_at, undo_reason) ON cases_merge TO meldpunt_desk;

CREATE POLICY desk_reads ON cases_merge FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('case.read')));

CREATE POLICY desk_adds ON cases_merge FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('case.write')) AND merged_by = (SELECT access_actor()));

CREATE POLICY desk_changes ON cases_merge FOR UPDATE TO meldpunt_desk
USING ((SELECT access_may('case.write')) AND undone_at IS NULL)
WITH CHECK (undone_by = (SELECT access_actor()) AND undone_at IS NOT NULL);
