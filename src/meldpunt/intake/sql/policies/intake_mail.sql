-- How a mail came in, and what it belongs to. Its Message-ID names who sent it, so it is sealed like who told us.
GRANT SELECT ON intake_mail TO meldpunt_desk, meldpunt_jobs;
GRANT INSERT ON intake_mail TO meldpunt_jobs;

CREATE POLICY jobs_read ON intake_mail FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('report.read')));

CREATE POLICY desk_with_its_reporter ON intake_mail FOR SELECT TO meldpunt_desk
USING (EXISTS (SELECT FROM intake_reporter AS reporter WHERE reporter.report_id = intake_mail.report_id));

CREATE POLICY jobs_receive ON intake_mail FOR INSERT TO meldpunt_jobs
WITH CHECK ((SELECT access_may('report.submit')));

-- For intake_takes_mail alone, which asks for its permission itself and says yes or no.
CREATE POLICY owner_answers ON intake_mail FOR SELECT TO meldpunt_owner USING (true);
