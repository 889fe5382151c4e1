-- The party sees that it was asked once it was told, and neither the report nor the questions as they were typed:
-- what it may read is the disclosure. Who else was asked, `round` would say, so it does not see that either. A refused
-- or waiting consultation leaves no sign outside. The job that reminds reads no words.
GRANT SELECT, INSERT ON triage_consultation TO meldpunt_desk;
GRANT SELECT (id, party_id, disclosure_id, asked_at, due_at) ON triage_consultation TO meldpunt_portal;
GRANT SELECT (id, party_id, disclosure_id, conditions, refused, asked_at, due_at)
ON triage_consultation TO meldpunt_jobs;

CREATE POLICY desk_reads ON triage_consultation FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('triage.read')));

CREATE POLICY desk_asks ON triage_consultation FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('consultation.ask')) AND asked_by = (SELECT access_actor()));

CREATE POLICY party_asked ON triage_consultation FOR SELECT TO meldpunt_portal
USING ((SELECT access_may('consultation.answer')) AND party_id = (SELECT access_organisation())
    AND disclosure_id IN (SELECT disclosure_id FROM disclosure_reader));

-- For triage_on_view alone: of which report a party's answer is news.
CREATE POLICY owner_lays_lines ON triage_consultation FOR SELECT TO meldpunt_owner USING (true);
CREATE POLICY jobs_remind ON triage_consultation FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('consultation.remind')));

-- What was known at a moment goes by this time: nobody writes into the past.
CREATE POLICY happens_now ON triage_consultation AS RESTRICTIVE FOR INSERT TO meldpunt_desk
WITH CHECK (asked_at BETWEEN now() - interval '5 minutes' AND clock_timestamp() + interval '5 minutes');
