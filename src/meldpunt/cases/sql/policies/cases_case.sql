-- The work of the desk: no door but the desk sees a case. Who opened it, and when, is never rewritten.
GRANT SELECT, INSERT,
    UPDATE (title, state, rsit, sector, organisation_id, disruption, closed_at, closing_reason)
ON cases_case TO meldpunt_desk;

CREATE POLICY desk_reads ON cases_case FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('case.read')));

CREATE POLICY desk_adds ON cases_case FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('case.write')) AND opened_by = (SELECT access_actor()));

CREATE POLICY desk_changes ON cases_case FOR UPDATE TO meldpunt_desk
USING ((SELECT access_may('case.write')));
