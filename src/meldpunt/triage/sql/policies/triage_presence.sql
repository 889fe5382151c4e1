-- The desk sees who has a report open now, and not who had; everybody says so of themselves alone.
GRANT SELECT, INSERT, UPDATE (is_deciding, at, expires_at), DELETE ON triage_presence TO meldpunt_desk;

CREATE POLICY desk_reads ON triage_presence FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('triage.read')) AND (expires_at >= now() OR actor = (SELECT access_actor())));

CREATE POLICY desk_comes ON triage_presence FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('triage.read')) AND actor = (SELECT access_actor()));

CREATE POLICY desk_stays ON triage_presence FOR UPDATE TO meldpunt_desk
USING ((SELECT access_may('triage.read')) AND actor = (SELECT access_actor()));

CREATE POLICY desk_leaves ON triage_presence FOR DELETE TO meldpunt_desk
USING ((SELECT access_may('triage.read')) AND actor = (SELECT access_actor()));

-- A job takes away what expired, and sees nothing else.
GRANT SELECT, DELETE ON triage_presence TO meldpunt_jobs;

CREATE POLICY jobs_see_what_expired ON triage_presence FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('evidence.shred')) AND expires_at < now());

CREATE POLICY jobs_shred_what_expired ON triage_presence FOR DELETE TO meldpunt_jobs
USING ((SELECT access_may('evidence.shred')) AND expires_at < now());
