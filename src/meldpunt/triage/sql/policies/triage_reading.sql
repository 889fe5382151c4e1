-- What a person read is for that person: no colleague, no officer and no administrator counts it.
GRANT SELECT, INSERT, UPDATE (at, expires_at) ON triage_reading TO meldpunt_desk;

CREATE POLICY ones_own ON triage_reading FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('triage.read')) AND actor = (SELECT access_actor()));

CREATE POLICY one_reads ON triage_reading FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('triage.read')) AND actor = (SELECT access_actor()));

CREATE POLICY one_reads_again ON triage_reading FOR UPDATE TO meldpunt_desk
USING ((SELECT access_may('triage.read')) AND actor = (SELECT access_actor()));

-- A job takes away what expired, and sees nothing else.
GRANT SELECT, DELETE ON triage_reading TO meldpunt_jobs;

CREATE POLICY jobs_see_what_expired ON triage_reading FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('evidence.shred')) AND expires_at < now());

CREATE POLICY jobs_shred_what_expired ON triage_reading FOR DELETE TO meldpunt_jobs
USING ((SELECT access_may('evidence.shred')) AND expires_at < now());
