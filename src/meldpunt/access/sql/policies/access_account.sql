-- An account is shown to who is bound as that account and to nobody who only knows its address: how somebody is found who
-- logs in stands in proving.sql. A door changes nothing of an account.
GRANT SELECT ON access_account TO meldpunt_desk, meldpunt_portal, meldpunt_jobs;
GRANT INSERT ON access_account TO meldpunt_desk, meldpunt_jobs;
GRANT UPDATE (is_active, roles) ON access_account TO meldpunt_jobs;

CREATE POLICY desk_itself ON access_account FOR SELECT TO meldpunt_desk
USING (door = 'desk' AND id = (SELECT access_actor()));

-- At the desk the administrator lets people in; whom there is, and who is shut out again, goes by people.sql.
CREATE POLICY desk_admits ON access_account FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('account.manage')));

CREATE POLICY portal_itself ON access_account FOR SELECT TO meldpunt_portal
USING (door = 'portal' AND id = (SELECT access_actor()));

CREATE POLICY jobs_manage ON access_account TO meldpunt_jobs
USING ((SELECT access_may('account.manage')));

-- For access_colleagues, access_people and access_close, each of which asks for its permission, and for proving.sql.
CREATE POLICY owner_answers ON access_account FOR SELECT TO meldpunt_owner USING (true);
CREATE POLICY owner_closes ON access_account FOR UPDATE TO meldpunt_owner USING (true);
