-- What somebody has to see to: kinds and instants, and of no report which. Duty officers read it; the processes that beat
-- raise, mail and clear it.
GRANT SELECT ON alarms_alarm TO meldpunt_desk, meldpunt_jobs;
GRANT INSERT, UPDATE (count, since, cleared_at, attempts, next_attempt_at, mailed_at) ON alarms_alarm TO meldpunt_jobs;

CREATE POLICY desk_reads ON alarms_alarm FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('alarm.read')));

CREATE POLICY jobs_raise ON alarms_alarm TO meldpunt_jobs
USING ((SELECT access_may('alarm.raise')));
