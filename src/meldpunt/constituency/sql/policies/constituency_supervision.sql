-- Which authority answers for a sector is law, not secret.
GRANT SELECT ON constituency_supervision TO meldpunt_desk, meldpunt_portal, meldpunt_jobs;
GRANT INSERT, UPDATE (valid_until) ON constituency_supervision TO meldpunt_desk, meldpunt_jobs;

CREATE POLICY desk_reads ON constituency_supervision FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('organisation.read')));

CREATE POLICY jobs_read ON constituency_supervision FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('organisation.read')));

CREATE POLICY portal_reads ON constituency_supervision FOR SELECT TO meldpunt_portal
USING ((SELECT access_may('organisation.read')));

-- A predecessor gets an end when the next is appointed.
CREATE POLICY desk_ends ON constituency_supervision FOR UPDATE TO meldpunt_desk
USING ((SELECT access_may('constituency.manage')));

CREATE POLICY jobs_end ON constituency_supervision FOR UPDATE TO meldpunt_jobs
USING ((SELECT access_may('constituency.manage')));

CREATE POLICY desk_registers ON constituency_supervision FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('constituency.manage')));

CREATE POLICY jobs_register ON constituency_supervision FOR INSERT TO meldpunt_jobs
WITH CHECK ((SELECT access_may('constituency.manage')));
