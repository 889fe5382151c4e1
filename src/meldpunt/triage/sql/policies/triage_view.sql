-- A party reads and writes its own view only, version by version; what the others think is for the desk.
GRANT SELECT ON triage_view TO meldpunt_desk;
GRANT SELECT, INSERT ON triage_view TO meldpunt_portal;

CREATE POLICY desk_reads ON triage_view FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('triage.read')));

CREATE POLICY party_reads ON triage_view FOR SELECT TO meldpunt_portal
USING ((SELECT access_may('consultation.answer')) AND consultation_id IN (SELECT id FROM triage_consultation));

CREATE POLICY party_answers ON triage_view FOR INSERT TO meldpunt_portal
WITH CHECK ((SELECT access_may('consultation.answer')) AND given_by = (SELECT access_actor())
    AND consultation_id IN (SELECT id FROM triage_consultation));

-- The job that reminds sees that there is an answer, and not what it says.
GRANT SELECT (id, consultation_id) ON triage_view TO meldpunt_jobs;

CREATE POLICY jobs_remind ON triage_view FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('consultation.remind')));

-- What was known at a moment goes by this time, and a report is news until it is read after it: nobody answers at
-- another.
CREATE POLICY happens_now ON triage_view AS RESTRICTIVE FOR INSERT TO meldpunt_portal
WITH CHECK (given_at BETWEEN now() - interval '5 minutes' AND clock_timestamp() + interval '5 minutes');
