-- How one's own queue opens.
GRANT SELECT, INSERT, UPDATE (view), DELETE ON triage_landing TO meldpunt_desk;

CREATE POLICY ones_own ON triage_landing FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('triage.read')) AND actor = (SELECT access_actor()));

CREATE POLICY one_chooses ON triage_landing FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('triage.read')) AND actor = (SELECT access_actor()));

CREATE POLICY one_chooses_anew ON triage_landing FOR UPDATE TO meldpunt_desk
USING ((SELECT access_may('triage.read')) AND actor = (SELECT access_actor()));

CREATE POLICY one_forgets ON triage_landing FOR DELETE TO meldpunt_desk
USING ((SELECT access_may('triage.read')) AND actor = (SELECT access_actor()));
