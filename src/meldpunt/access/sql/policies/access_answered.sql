-- An answer is given again to the machine that had it, and goes when its time is over. Nothing in it reads without the
-- secret of that machine, which is kept nowhere.
GRANT SELECT, INSERT ON access_answered TO meldpunt_sensor;
GRANT SELECT (id, expires_at), DELETE ON access_answered TO meldpunt_jobs;

CREATE POLICY sensor_its_own ON access_answered FOR SELECT TO meldpunt_sensor
USING (machine_id = (SELECT id FROM access_machinekey));

CREATE POLICY sensor_answers ON access_answered FOR INSERT TO meldpunt_sensor
WITH CHECK (machine_id = (SELECT id FROM access_machinekey) AND expires_at > now());

CREATE POLICY jobs_see_what_expired ON access_answered FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('account.manage')) AND expires_at < now());

CREATE POLICY jobs_forget_what_expired ON access_answered FOR DELETE TO meldpunt_jobs
USING ((SELECT access_may('account.manage')) AND expires_at < now());
