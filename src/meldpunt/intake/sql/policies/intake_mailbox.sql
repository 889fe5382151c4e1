-- Which mailboxes we empty and whether that goes well: the desk reads it, because a queue that nobody reads is an alarm.
GRANT SELECT ON intake_mailbox TO meldpunt_desk, meldpunt_jobs;
GRANT INSERT ON intake_mailbox TO meldpunt_jobs;
GRANT UPDATE (uid_validity, stuck, looked_at, emptied_at, waiting, trouble, trouble_since)
ON intake_mailbox TO meldpunt_jobs;

CREATE POLICY desk_reads ON intake_mailbox FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('report.read')));

CREATE POLICY jobs_read ON intake_mailbox FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('report.read')));

CREATE POLICY jobs_begin ON intake_mailbox FOR INSERT TO meldpunt_jobs
WITH CHECK ((SELECT access_may('report.submit')));

CREATE POLICY jobs_note ON intake_mailbox FOR UPDATE TO meldpunt_jobs
USING ((SELECT access_may('report.submit')));
