-- When a process last said that it runs: whoever looks sees that one fell silent, without another that says so.
GRANT SELECT ON alarms_heartbeat TO meldpunt_desk, meldpunt_jobs;
GRANT INSERT, DELETE, UPDATE (beat_at) ON alarms_heartbeat TO meldpunt_jobs;

CREATE POLICY desk_reads ON alarms_heartbeat FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('alarm.read')));

CREATE POLICY jobs_beat ON alarms_heartbeat TO meldpunt_jobs
USING ((SELECT access_may('alarm.raise')));
