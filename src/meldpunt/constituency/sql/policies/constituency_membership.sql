-- The desk tells an ISAC things; a member knows its own seat only, the others may sit hidden.
GRANT SELECT ON constituency_membership TO meldpunt_desk, meldpunt_portal, meldpunt_jobs;
GRANT INSERT ON constituency_membership TO meldpunt_desk, meldpunt_jobs;

CREATE POLICY desk_reads ON constituency_membership FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('organisation.read')));

CREATE POLICY jobs_read ON constituency_membership FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('organisation.read')));

CREATE POLICY portal_its_own ON constituency_membership FOR SELECT TO meldpunt_portal
USING ((SELECT access_may('organisation.read')) AND organisation_id = (SELECT access_organisation()));

CREATE POLICY desk_registers ON constituency_membership FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('constituency.manage')));

CREATE POLICY jobs_register ON constituency_membership FOR INSERT TO meldpunt_jobs
WITH CHECK ((SELECT access_may('constituency.manage')));

-- Read by constituency_table alone, which shows who sits openly to who sits there as well.
CREATE POLICY owner_answers ON constituency_membership FOR SELECT TO meldpunt_owner USING (true);

-- A seat gets an end or a chair, or is hidden or shown.
GRANT UPDATE (member_until, chair, hidden) ON constituency_membership TO meldpunt_desk, meldpunt_jobs;

CREATE POLICY desk_ends ON constituency_membership FOR UPDATE TO meldpunt_desk
USING ((SELECT access_may('constituency.manage')));

CREATE POLICY jobs_end ON constituency_membership FOR UPDATE TO meldpunt_jobs
USING ((SELECT access_may('constituency.manage')));
