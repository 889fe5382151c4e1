-- Entries are only ever added: no door has UPDATE, DELETE or TRUNCATE. Who adds one adds it in their own name
-- and without a position, which only ledger_sequence() gives.
GRANT INSERT ON ledger_entry TO meldpunt_desk, meldpunt_portal, meldpunt_public, meldpunt_sensor, meldpunt_jobs;
GRANT SELECT ON ledger_entry TO meldpunt_desk, meldpunt_portal, meldpunt_public, meldpunt_jobs;

CREATE POLICY record ON ledger_entry FOR INSERT
TO meldpunt_desk, meldpunt_portal, meldpunt_public, meldpunt_sensor, meldpunt_jobs
WITH CHECK (actor = (SELECT access_actor()) AND position IS NULL);

CREATE POLICY inside_read ON ledger_entry FOR SELECT TO meldpunt_desk, meldpunt_jobs
USING ((SELECT access_may('ledger.read')));

-- The organisation that an entry is about may check it, and so may who holds the receipt of the report it is about.
CREATE POLICY portal_own ON ledger_entry FOR SELECT TO meldpunt_portal
USING (about = (SELECT access_organisation()) OR receipt_digest = (SELECT access_receipt_digest()));

CREATE POLICY public_receipt ON ledger_entry FOR SELECT TO meldpunt_public
USING (receipt_digest = (SELECT access_receipt_digest()));

-- ledger_sequence() runs as the owner.
CREATE POLICY owner_reads ON ledger_entry FOR SELECT TO meldpunt_owner USING (true);
CREATE POLICY owner_sequences ON ledger_entry FOR UPDATE TO meldpunt_owner USING (position IS NULL) WITH CHECK (true);
