-- Every door may add the wrapped key of what it seals; only the desk reads one back. Who shreds needs to find the row, not to read it.
GRANT INSERT ON evidence_key TO meldpunt_desk, meldpunt_portal, meldpunt_public, meldpunt_sensor, meldpunt_jobs;
GRANT SELECT, DELETE ON evidence_key TO meldpunt_desk;
GRANT SELECT (item_id), DELETE ON evidence_key TO meldpunt_jobs;

CREATE POLICY seal ON evidence_key FOR INSERT
TO meldpunt_desk, meldpunt_portal, meldpunt_public, meldpunt_sensor, meldpunt_jobs
WITH CHECK ((SELECT access_may('evidence.seal')));

CREATE POLICY desk_opens ON evidence_key FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('evidence.open')));

CREATE POLICY jobs_find ON evidence_key FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('evidence.shred')));

-- Of what is shredded, and of nothing else: whatever keeps an item keeps this.
CREATE POLICY shred ON evidence_key FOR DELETE TO meldpunt_desk, meldpunt_jobs
USING ((SELECT access_may('evidence.shred'))
    AND EXISTS (SELECT FROM evidence_item i WHERE i.id = item_id AND i.shredded_at IS NOT NULL));

-- Whoever may destroy a key may put it under another wrapping key: the ciphertext stays as it is.
GRANT UPDATE (store, wrapped) ON evidence_key TO meldpunt_desk;

CREATE POLICY desk_rewraps ON evidence_key FOR UPDATE TO meldpunt_desk
USING ((SELECT access_may('evidence.shred')));

-- For evidence_keys_in_use() alone.
CREATE POLICY owner_answers ON evidence_key FOR SELECT TO meldpunt_owner USING (true);
