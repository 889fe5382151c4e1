-- Hashes of salted commitments tell nothing but how many there are; whoever may ask for a proof may read them.
GRANT SELECT ON ledger_node TO meldpunt_desk, meldpunt_portal, meldpunt_public, meldpunt_jobs;

CREATE POLICY provers_read ON ledger_node FOR SELECT
TO meldpunt_desk, meldpunt_portal, meldpunt_public, meldpunt_jobs
USING ((SELECT access_may('ledger.prove')));

-- ledger_sequence() runs as the owner.
CREATE POLICY owner_reads ON ledger_node FOR SELECT TO meldpunt_owner USING (true);
CREATE POLICY owner_adds ON ledger_node FOR INSERT TO meldpunt_owner WITH CHECK (true);
