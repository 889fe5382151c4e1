-- A cosignature goes wherever its checkpoint goes; it is added by who may sign and changed by nobody.
GRANT SELECT ON ledger_cosignature TO meldpunt_desk, meldpunt_portal, meldpunt_public, meldpunt_jobs;
GRANT INSERT ON ledger_cosignature TO meldpunt_desk, meldpunt_jobs;

CREATE POLICY provers_read ON ledger_cosignature FOR SELECT
TO meldpunt_desk, meldpunt_portal, meldpunt_public, meldpunt_jobs
USING ((SELECT access_may('ledger.prove')));

CREATE POLICY signers_add ON ledger_cosignature FOR INSERT TO meldpunt_desk, meldpunt_jobs
WITH CHECK ((SELECT access_may('ledger.sign')));
