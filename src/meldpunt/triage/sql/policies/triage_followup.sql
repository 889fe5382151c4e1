-- What was done with an addition after the decision: done in one's own name, and any colleague may take it back.
GRANT SELECT, INSERT, DELETE ON triage_followup TO meldpunt_desk;

CREATE POLICY desk_reads ON triage_followup FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('triage.read')));

CREATE POLICY desk_follows_up ON triage_followup FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('triage.decide')) AND by = (SELECT access_actor()));

CREATE POLICY desk_takes_back ON triage_followup FOR DELETE TO meldpunt_desk
USING ((SELECT access_may('triage.decide')));
