-- An account is read before anybody is bound: only who names it (by log-in name or id, or as the one bound) sees it.
GRANT SELECT ON access_account TO meldpunt_desk, meldpunt_portal, meldpunt_jobs;
GRANT UPDATE (password, last_login, language) ON access_account TO meldpunt_desk, meldpunt_portal;
GRANT INSERT ON access_account TO meldpunt_desk, meldpunt_jobs;
GRANT UPDATE (is_active, roles) ON access_account TO meldpunt_jobs;

CREATE POLICY desk_named ON access_account FOR SELECT TO meldpunt_desk
USING (door = 'desk' AND (id = (SELECT access_actor())
    OR (SELECT nullif(current_setting('meldpunt.login', true), '')) IN (email, id::text)));

CREATE POLICY desk_keeps_its_own ON access_account FOR UPDATE TO meldpunt_desk
USING (door = 'desk' AND (id = (SELECT access_actor())
    OR (SELECT nullif(current_setting('meldpunt.login', true), '')) IN (email, id::text)));

-- At the desk the administrator lets people in; whom there is, and who is shut out again, goes by people.sql.
CREATE POLICY desk_admits ON access_account FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('account.manage')));

CREATE POLICY portal_named ON access_account TO meldpunt_portal
USING (door = 'portal' AND (id = (SELECT access_actor())
    OR (SELECT nullif(current_setting('meldpunt.login', true), '')) IN (email, id::text)));

CREATE POLICY jobs_manage ON access_account TO meldpunt_jobs
USING ((SELECT access_may('account.manage')));

-- For access_colleagues, access_people and access_close alone, each of which asks for its permission.
CREATE POLICY owner_answers ON access_account FOR SELECT TO meldpunt_owner USING (true);
CREATE POLICY owner_closes ON access_account FOR UPDATE TO meldpunt_owner USING (true);
