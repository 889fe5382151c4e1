-- Written by the job. The body reads what it was told, which is the disclosure, and not this.
GRANT SELECT ON inquiries_reminder TO meldpunt_desk;
GRANT SELECT, INSERT ON inquiries_reminder TO meldpunt_jobs;

CREATE POLICY desk_reads ON inquiries_reminder FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('inquiry.handle')));

CREATE POLICY jobs_remind ON inquiries_reminder TO meldpunt_jobs
USING ((SELECT access_may('inquiry.remind')));
