-- The desk sees who has what; one takes a report in one's own name, and any colleague may let it go. Who took a report
-- from a colleague, or let go what a colleague had, can give it back within the hour: undoing that is no taking.
GRANT SELECT, INSERT, DELETE ON triage_assignment TO meldpunt_desk;

CREATE POLICY desk_reads ON triage_assignment FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('triage.read')));

CREATE POLICY desk_takes ON triage_assignment FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('triage.decide')) AND (actor = (SELECT access_actor())
    OR EXISTS (SELECT FROM triage_step AS s WHERE s.report_id = triage_assignment.report_id
        AND s.by = (SELECT access_actor()) AND s.undone_at IS NULL AND s.holder = triage_assignment.actor
        AND s.kind IN ('taken', 'released') AND s.at > now() - interval '61 minutes')));

CREATE POLICY desk_lets_go ON triage_assignment FOR DELETE TO meldpunt_desk
USING ((SELECT access_may('triage.decide')));

-- For triage_lay_line alone, which keeps whose a line of the queue is.
CREATE POLICY owner_lays_lines ON triage_assignment FOR SELECT TO meldpunt_owner USING (true);
