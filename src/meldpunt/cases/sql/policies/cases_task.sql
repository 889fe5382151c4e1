-- A task changes hands and is done; what it asks is not rewritten.
GRANT SELECT, INSERT, UPDATE (owner, owner_name, due_at, done_by, done_at) ON cases_task TO meldpunt_desk;

CREATE POLICY desk_reads ON cases_task FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('case.read')));

CREATE POLICY desk_adds ON cases_task FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('case.write')) AND added_by = (SELECT access_actor()));

CREATE POLICY desk_changes ON cases_task FOR UPDATE TO meldpunt_desk
USING ((SELECT access_may('case.write')));
