-- The tables are procrastinate's, and its functions run with the rights of who calls them, so these grants are all
-- that a worker needs and all that anybody has. There is no row security: whoever has the role has the whole queue,
-- and a job's arguments hold ids and instants only. They are not enough to read a row of any room: each task binds
-- its own actor.
REVOKE ALL ON procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers, procrastinate_workers
FROM PUBLIC;

GRANT SELECT, INSERT, UPDATE, DELETE
ON procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers, procrastinate_workers TO meldpunt_jobs;

GRANT USAGE ON procrastinate_jobs_id_seq, procrastinate_events_id_seq, procrastinate_periodic_defers_id_seq,
    procrastinate_workers_id_seq TO meldpunt_jobs;
