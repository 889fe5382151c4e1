-- What stood before a deed: the desk sees whether a colleague went on since; who did it says that it was undone.
GRANT SELECT, INSERT, UPDATE (undone_at) ON triage_step TO meldpunt_desk;

CREATE POLICY desk_reads ON triage_step FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('triage.read')));

CREATE POLICY desk_steps ON triage_step FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('triage.decide')) AND by = (SELECT access_actor()));

CREATE POLICY desk_undoes ON triage_step FOR UPDATE TO meldpunt_desk
USING ((SELECT access_may('triage.decide')) AND by = (SELECT access_actor()));

-- A job takes away what expired, and sees nothing else.
GRANT SELECT, DELETE ON triage_step TO meldpunt_jobs;

CREATE POLICY jobs_see_what_expired ON triage_step FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('evidence.shred')) AND expires_at < now());

CREATE POLICY jobs_shred_what_expired ON triage_step FOR DELETE TO meldpunt_jobs
USING ((SELECT access_may('evidence.shred')) AND expires_at < now());

-- What can be undone goes by this time, and for an hour.
CREATE POLICY happens_now ON triage_step AS RESTRICTIVE FOR INSERT TO meldpunt_desk
WITH CHECK (at BETWEEN now() - interval '5 minutes' AND clock_timestamp() + interval '5 minutes');
