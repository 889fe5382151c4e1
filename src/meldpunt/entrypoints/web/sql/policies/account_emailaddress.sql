-- Visible with the account it belongs to (whose own policy decides).
GRANT SELECT, INSERT, UPDATE ON account_emailaddress TO meldpunt_desk, meldpunt_portal;
GRANT USAGE ON SEQUENCE account_emailaddress_id_seq TO meldpunt_desk, meldpunt_portal;

CREATE POLICY with_account ON account_emailaddress TO meldpunt_desk, meldpunt_portal
USING (EXISTS (SELECT 1 FROM access_account WHERE access_account.id = user_id));
