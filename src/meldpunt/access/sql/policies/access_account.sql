-- An account is read before anybody is bound: only who names it (by log-in name or id, or as the one bound) sees it.
GRANT SELECT ON access_account TO meldpunt_desk, meldpunt_portal, meldpunt_jobs;
GRANT UPDATE (password, last_login, language) ON access_account TO meldpunt_desk, meldpunt_portal;
GRANT INSERT, UPDATE (is_active, roles) ON access_account TO meldpunt_jobs;

CREATE POLICY desk_named ON access_account TO meldpunt_desk
USING (door = 'desk' AND (id = (SELECT access_actor())
    OR nullif(current_setting('meldpunt.login', true), '') IN (email, id::text)));

CREATE POLICY portal_named ON access_account TO meldpunt_portal
USING (door = 'portal' AND (id = (SELECT access_actor())
    OR nullif(current_setting('meldpunt.login', true), '') IN (email, id::text)));

CREATE POLICY jobs_manage ON access_account TO meldpunt_jobs
USING ((SELECT access_may('account.manage')));

-- For access_colleagues alone, which asks for colleague.read and gives names of the desk.
CREATE POLICY owner_names ON access_account FOR SELECT TO meldpunt_owner USING (door = 'desk');
