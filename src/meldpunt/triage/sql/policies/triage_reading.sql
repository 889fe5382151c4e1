-- What a person read is for that person: no colleague, no officer and no administrator counts it.
GRANT SELECT, INSERT, UPDATE (at) ON triage_reading TO meldpunt_desk;

CREATE POLICY ones_own ON triage_reading FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('triage.read')) AND actor = (SELECT access_actor()));

CREATE POLICY one_reads ON triage_reading FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('triage.read')) AND actor = (SELECT access_actor()));

CREATE POLICY one_reads_again ON triage_reading FOR UPDATE TO meldpunt_desk
USING ((SELECT access_may('triage.read')) AND actor = (SELECT access_actor()));
