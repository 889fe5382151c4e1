-- A second factor is read with the account it belongs to; a job enrols one when an account is handed out.
GRANT SELECT, INSERT, UPDATE, DELETE ON mfa_authenticator TO meldpunt_desk, meldpunt_portal, meldpunt_jobs;
GRANT USAGE ON SEQUENCE mfa_authenticator_id_seq TO meldpunt_desk, meldpunt_portal, meldpunt_jobs;

CREATE POLICY with_account ON mfa_authenticator TO meldpunt_desk, meldpunt_portal
USING (EXISTS (SELECT 1 FROM access_account WHERE access_account.id = user_id));

CREATE POLICY jobs_manage ON mfa_authenticator TO meldpunt_jobs
USING ((SELECT access_may('account.manage')));
