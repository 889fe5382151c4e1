-- A checkpoint is meant to be handed around; it is added by who may sign and changed by nobody.
GRANT SELECT ON ledger_checkpoint TO meldpunt_desk, meldpunt_portal, meldpunt_public, meldpunt_jobs;
GRANT INSERT ON ledger_checkpoint TO meldpunt_desk, meldpunt_jobs;

CREATE POLICY provers_read ON ledger_checkpoint FOR SELECT
TO meldpunt_desk, meldpunt_portal, meldpunt_public, meldpunt_jobs
USING ((SELECT access_may('ledger.prove')));

CREATE POLICY signers_add ON ledger_checkpoint FOR INSERT TO meldpunt_desk, meldpunt_jobs
WITH CHECK ((SELECT access_may('ledger.sign')));
