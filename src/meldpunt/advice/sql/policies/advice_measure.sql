-- Its words are for the desk; the organisation reads them from the delivery.
GRANT SELECT, INSERT ON advice_measure TO meldpunt_desk;
GRANT SELECT ON advice_measure TO meldpunt_jobs;
GRANT SELECT (id, advice_id, number, due_on) ON advice_measure TO meldpunt_portal;

CREATE POLICY desk_reads ON advice_measure FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('advice.read')));

CREATE POLICY jobs_read ON advice_measure FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('advice.read')));

CREATE POLICY portal_its_own ON advice_measure FOR SELECT TO meldpunt_portal
USING (advice_id IN (SELECT id FROM advice_advice));

-- Measures are added to a draft of one's own and to nothing that was given.
CREATE POLICY desk_writes ON advice_measure FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('advice.write')) AND EXISTS (SELECT FROM advice_advice a
    WHERE a.id = advice_id AND a.written_by = (SELECT access_actor()) AND a.state = 'draft'));
