-- An organisation answers what it was told, and sees its own answers; nobody changes one, the desk least of all.
GRANT SELECT ON advice_answer TO meldpunt_desk, meldpunt_jobs;
GRANT SELECT, INSERT ON advice_answer TO meldpunt_portal;

CREATE POLICY desk_reads ON advice_answer FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('advice.read')));

CREATE POLICY jobs_read ON advice_answer FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('advice.read')));

CREATE POLICY portal_its_own ON advice_answer FOR SELECT TO meldpunt_portal
USING (measure_id IN (SELECT id FROM advice_measure));

CREATE POLICY portal_answers ON advice_answer FOR INSERT TO meldpunt_portal
WITH CHECK ((SELECT access_may('advice.answer')) AND answered_by = (SELECT access_actor())
    AND measure_id IN (SELECT id FROM advice_measure));
