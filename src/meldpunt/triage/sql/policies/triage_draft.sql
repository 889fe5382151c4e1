-- What somebody typed and did not send is theirs alone: no colleague reads it.
GRANT SELECT, INSERT, UPDATE (fields, at, expires_at), DELETE ON triage_draft TO meldpunt_desk;

CREATE POLICY desk_its_own ON triage_draft TO meldpunt_desk
USING ((SELECT access_may('triage.read')) AND actor = (SELECT access_actor()));

-- A job takes away what expired, and sees nothing else.
GRANT SELECT, DELETE ON triage_draft TO meldpunt_jobs;

CREATE POLICY jobs_see_what_expired ON triage_draft FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('evidence.shred')) AND expires_at < now());

CREATE POLICY jobs_shred_what_expired ON triage_draft FOR DELETE TO meldpunt_jobs
USING ((SELECT access_may('evidence.shred')) AND expires_at < now());

-- For triage_on_shredding alone: it finds by the report, and reads no word.
CREATE POLICY owner_finds ON triage_draft FOR SELECT TO meldpunt_owner USING (true);

CREATE POLICY owner_drops ON triage_draft FOR DELETE TO meldpunt_owner USING (true);
