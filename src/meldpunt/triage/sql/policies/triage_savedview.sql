-- A view is its maker's; the desk reads those that are shared with it.
GRANT SELECT, INSERT, DELETE, UPDATE (name, is_shared, place) ON triage_savedview TO meldpunt_desk;

CREATE POLICY own_and_shared ON triage_savedview FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('triage.read')) AND (is_shared OR actor = (SELECT access_actor())));

CREATE POLICY maker_saves ON triage_savedview FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('triage.read')) AND actor = (SELECT access_actor()));

CREATE POLICY maker_changes ON triage_savedview FOR UPDATE TO meldpunt_desk
USING ((SELECT access_may('triage.read')) AND actor = (SELECT access_actor()));

CREATE POLICY maker_takes_away ON triage_savedview FOR DELETE TO meldpunt_desk
USING ((SELECT access_may('triage.read')) AND actor = (SELECT access_actor()));
