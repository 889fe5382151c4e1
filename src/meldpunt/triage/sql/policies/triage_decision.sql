-- Decisions are added in one's own name and never changed; reopening is a decision too.
GRANT SELECT, INSERT ON triage_decision TO meldpunt_desk;

CREATE POLICY desk_reads ON triage_decision FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('triage.read')));

CREATE POLICY desk_decides ON triage_decision FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('triage.decide')) AND by = (SELECT access_actor()));

-- What was known at a moment goes by this time: nobody writes into the past.
CREATE POLICY happens_now ON triage_decision AS RESTRICTIVE FOR INSERT TO meldpunt_desk
WITH CHECK (at BETWEEN now() - interval '5 minutes' AND clock_timestamp() + interval '5 minutes');
