-- What is in use tells the desk whom a vulnerability concerns, by code.
GRANT SELECT ON constituency_product TO meldpunt_desk, meldpunt_portal, meldpunt_jobs;
GRANT INSERT ON constituency_product TO meldpunt_desk, meldpunt_jobs;

CREATE POLICY desk_reads ON constituency_product FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('organisation.read')));

CREATE POLICY jobs_read ON constituency_product FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('organisation.read')));

CREATE POLICY portal_its_own ON constituency_product FOR SELECT TO meldpunt_portal
USING ((SELECT access_may('organisation.read')) AND organisation_id = (SELECT access_organisation()));

-- Read by constituency_sole_products alone.
CREATE POLICY owner_answers ON constituency_product FOR SELECT TO meldpunt_owner USING (true);

CREATE POLICY desk_registers ON constituency_product FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('constituency.manage')));

CREATE POLICY jobs_register ON constituency_product FOR INSERT TO meldpunt_jobs
WITH CHECK ((SELECT access_may('constituency.manage')));
