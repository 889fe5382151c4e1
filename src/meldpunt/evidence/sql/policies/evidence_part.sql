-- While it comes in, whoever sends it writes and reads its parts; from then on the desk reads them. Who shreds needs to find the
-- row, not to read it.
GRANT SELECT, INSERT, UPDATE (ciphertext), DELETE ON evidence_part TO meldpunt_portal, meldpunt_public;

CREATE POLICY of_what_comes_in ON evidence_part TO meldpunt_portal, meldpunt_public
USING ((SELECT access_may('evidence.seal')) AND EXISTS (SELECT FROM evidence_upload u WHERE u.id = item));

GRANT SELECT, DELETE ON evidence_part TO meldpunt_desk;
GRANT SELECT (item, number), DELETE ON evidence_part TO meldpunt_jobs;

CREATE POLICY desk_opens ON evidence_part FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('evidence.open')) AND EXISTS (SELECT FROM evidence_item i WHERE i.id = item));

CREATE POLICY jobs_find ON evidence_part FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('evidence.shred')) AND (EXISTS (SELECT FROM evidence_upload u WHERE u.id = item)
    OR EXISTS (SELECT FROM evidence_item i WHERE i.id = item AND i.shredded_at IS NOT NULL)));

-- Of what is shredded, and of nothing else: whatever keeps an item keeps this.
CREATE POLICY desk_shreds ON evidence_part FOR DELETE TO meldpunt_desk
USING ((SELECT access_may('evidence.shred'))
    AND EXISTS (SELECT FROM evidence_item i WHERE i.id = item AND i.shredded_at IS NOT NULL));

-- The uploads that a job sees are those that expired.
CREATE POLICY jobs_shred ON evidence_part FOR DELETE TO meldpunt_jobs
USING ((SELECT access_may('evidence.shred')) AND (EXISTS (SELECT FROM evidence_upload u WHERE u.id = item)
    OR EXISTS (SELECT FROM evidence_item i WHERE i.id = item AND i.shredded_at IS NOT NULL)));
