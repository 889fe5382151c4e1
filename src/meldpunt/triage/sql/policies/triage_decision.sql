-- Decisions are added in one's own name and never changed; reopening is a decision too.
GRANT SELECT, INSERT ON triage_decision TO meldpunt_desk;

CREATE POLICY desk_reads ON triage_decision FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('triage.read')));

CREATE POLICY desk_decides ON triage_decision FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('triage.decide')) AND by = (SELECT access_actor()));
