-- Which reports somebody looks through, and which of them they skipped, is theirs alone.
GRANT SELECT, INSERT, UPDATE (skipped) ON triage_review TO meldpunt_desk;

CREATE POLICY desk_its_own ON triage_review TO meldpunt_desk
USING ((SELECT access_may('triage.read')) AND actor = (SELECT access_actor()));

-- A job takes away what expired, and sees nothing else.
GRANT SELECT, DELETE ON triage_review TO meldpunt_jobs;

CREATE POLICY jobs_see_what_expired ON triage_review FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('evidence.shred')) AND expires_at < now());

CREATE POLICY jobs_shred_what_expired ON triage_review FOR DELETE TO meldpunt_jobs
USING ((SELECT access_may('evidence.shred')) AND expires_at < now());
