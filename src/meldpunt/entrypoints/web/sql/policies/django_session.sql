-- Whoever names the key holds the session; a door cannot list the sessions of others.
GRANT SELECT, INSERT, UPDATE, DELETE ON django_session TO meldpunt_desk, meldpunt_portal;
GRANT SELECT, DELETE ON django_session TO meldpunt_jobs;

CREATE POLICY named ON django_session TO meldpunt_desk, meldpunt_portal
USING (session_key = (SELECT nullif(current_setting('meldpunt.session', true), '')));

CREATE POLICY jobs_expire ON django_session TO meldpunt_jobs
USING ((SELECT access_actor()) IS NOT NULL AND expire_date < now());
