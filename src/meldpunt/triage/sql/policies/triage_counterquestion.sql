-- What a party asks back is between it and the desk: it reads its own, and no other party finds that there is one.
GRANT SELECT ON triage_counterquestion TO meldpunt_desk;
GRANT SELECT, INSERT ON triage_counterquestion TO meldpunt_portal;

CREATE POLICY desk_reads ON triage_counterquestion FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('triage.read')));

CREATE POLICY party_reads ON triage_counterquestion FOR SELECT TO meldpunt_portal
USING ((SELECT access_may('consultation.answer')) AND consultation_id IN (SELECT id FROM triage_consultation));

CREATE POLICY party_asks ON triage_counterquestion FOR INSERT TO meldpunt_portal
WITH CHECK ((SELECT access_may('consultation.answer')) AND asked_by = (SELECT access_actor())
    AND consultation_id IN (SELECT id FROM triage_consultation));

-- What was known at a moment goes by this time: nobody asks at another.
CREATE POLICY happens_now ON triage_counterquestion AS RESTRICTIVE FOR INSERT TO meldpunt_portal
WITH CHECK (asked_at BETWEEN now() - interval '5 minutes' AND clock_timestamp() + interval '5 minutes');
