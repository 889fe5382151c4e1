-- For ledger_sequence() alone, which runs as the owner; no door is granted anything.
CREATE POLICY owner_finds ON ledger_turn FOR SELECT TO meldpunt_owner USING (true);
CREATE POLICY owner_locks ON ledger_turn FOR UPDATE TO meldpunt_owner USING (true);
