-- The party finds what it was told since once it was told it; the words are the disclosure's. The desk answers and says
-- what was decided, the job reminds.
GRANT SELECT, INSERT ON triage_sequel TO meldpunt_desk;
GRANT SELECT (id, consultation_id, kind), INSERT ON triage_sequel TO meldpunt_jobs;
GRANT SELECT (id, consultation_id, kind, disclosure_id, at) ON triage_sequel TO meldpunt_portal;

CREATE POLICY desk_reads ON triage_sequel FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('triage.read')));

CREATE POLICY desk_tells ON triage_sequel FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('consultation.ask')) AND by = (SELECT access_actor()) AND kind <> 'reminder');

CREATE POLICY party_told ON triage_sequel FOR SELECT TO meldpunt_portal
USING ((SELECT access_may('consultation.answer')) AND consultation_id IN (SELECT id FROM triage_consultation)
    AND disclosure_id IN (SELECT disclosure_id FROM disclosure_reader));

CREATE POLICY jobs_read ON triage_sequel FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('consultation.remind')));

CREATE POLICY jobs_remind ON triage_sequel FOR INSERT TO meldpunt_jobs
WITH CHECK ((SELECT access_may('consultation.remind')) AND kind = 'reminder');

-- What was known at a moment goes by this time: nobody writes into the past.
CREATE POLICY happens_now ON triage_sequel AS RESTRICTIVE FOR INSERT TO meldpunt_desk, meldpunt_jobs
WITH CHECK (at BETWEEN now() - interval '5 minutes' AND clock_timestamp() + interval '5 minutes');
