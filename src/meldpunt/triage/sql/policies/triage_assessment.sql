-- Versions are added in one's own name and never changed.
GRANT SELECT, INSERT ON triage_assessment TO meldpunt_desk;

CREATE POLICY desk_reads ON triage_assessment FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('triage.read')));

CREATE POLICY desk_assesses ON triage_assessment FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('triage.decide')) AND by = (SELECT access_actor()));

-- For triage_classified, which asks for figures.compile and gives the class and nothing that was written, and for
-- triage_lay_line, which keeps what sorts the queue.
CREATE POLICY owner_counts ON triage_assessment FOR SELECT TO meldpunt_owner USING (true);

-- What was known at a moment goes by this time: nobody writes into the past.
CREATE POLICY happens_now ON triage_assessment AS RESTRICTIVE FOR INSERT TO meldpunt_desk
WITH CHECK (at BETWEEN now() - interval '5 minutes' AND clock_timestamp() + interval '5 minutes');
