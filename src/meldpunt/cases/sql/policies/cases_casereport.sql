-- A report comes into a case in the name of who put it there; taking it out, once, leaves the row.
GRANT SELECT, INSERT, UPDATE (taken_out_at) ON cases_casereport TO meldpunt_desk;

CREATE POLICY desk_reads ON cases_casereport FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('case.read')));

CREATE POLICY desk_adds ON cases_casereport FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('case.write')) AND added_by = (SELECT access_actor()));

CREATE POLICY desk_changes ON cases_casereport FOR UPDATE TO meldpunt_desk
USING ((SELECT access_may('case.write')) AND taken_out_at IS NULL)
WITH CHECK (taken_out_at IS NOT NULL);
