-- The desk sees who has what; one takes a report in one's own name, and any colleague may let it go.
GRANT SELECT, INSERT, DELETE ON triage_assignment TO meldpunt_desk;

CREATE POLICY desk_reads ON triage_assignment FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('triage.read')));

CREATE POLICY desk_takes ON triage_assignment FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('triage.decide')) AND actor = (SELECT access_actor()));

CREATE POLICY desk_lets_go ON triage_assignment FOR DELETE TO meldpunt_desk
USING ((SELECT access_may('triage.decide')));
