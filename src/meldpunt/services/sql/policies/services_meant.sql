-- Whom an organisation means: of the register by its code, so that the desk learns no sealed name. Not for the portal, where it
-- would tell who else is served.
GRANT SELECT ON services_meant TO meldpunt_desk, meldpunt_jobs;
GRANT INSERT ON services_meant TO meldpunt_jobs;

CREATE POLICY desk_reads ON services_meant FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('triage.read')));

CREATE POLICY jobs_read ON services_meant FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('constituency.manage')));

CREATE POLICY jobs_say ON services_meant FOR INSERT TO meldpunt_jobs
WITH CHECK ((SELECT access_may('constituency.manage')));
