-- Whether and when the desk asks again is the desk's affair.
GRANT SELECT, INSERT, UPDATE (outcome, note, done_by, done_by_name, done_at) ON advice_followup TO meldpunt_desk;
GRANT SELECT ON advice_followup TO meldpunt_jobs;

CREATE POLICY desk_reads ON advice_followup FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('advice.read')));

CREATE POLICY jobs_read ON advice_followup FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('advice.read')));

CREATE POLICY desk_plans ON advice_followup FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('advice.write')) AND planned_by = (SELECT access_actor()) AND done_at IS NULL);

-- A round that was done stays as it was written down.
CREATE POLICY desk_finishes ON advice_followup FOR UPDATE TO meldpunt_desk
USING ((SELECT access_may('advice.write')) AND done_at IS NULL)
WITH CHECK (done_by = (SELECT access_actor()));
