-- How somebody wants the desk to behave is theirs alone.
GRANT SELECT, INSERT, UPDATE (has_keys, opens_next) ON triage_habit TO meldpunt_desk;

CREATE POLICY desk_its_own ON triage_habit TO meldpunt_desk
USING ((SELECT access_may('triage.read')) AND actor = (SELECT access_actor()));
