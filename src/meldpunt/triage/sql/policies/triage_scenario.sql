-- What the desk supposed stays as it was, in the name of whoever supposed it.
GRANT SELECT, INSERT ON triage_scenario TO meldpunt_desk;

CREATE POLICY desk_reads ON triage_scenario FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('triage.read')));

CREATE POLICY desk_supposes ON triage_scenario FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('triage.decide')) AND by = (SELECT access_actor()));
