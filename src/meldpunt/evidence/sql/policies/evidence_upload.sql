-- What is coming in is of whoever holds the code it was begun under, at that door, and of nobody else: what is known of it is
-- ciphertext under that code.
GRANT SELECT, INSERT, UPDATE ("offset", facts, expires_at), DELETE ON evidence_upload TO meldpunt_portal, meldpunt_public;

CREATE POLICY portal_by_its_code ON evidence_upload TO meldpunt_portal
USING ((SELECT access_may('evidence.seal')) AND door = 'portal' AND receipt_digest = (SELECT access_receipt_digest()));

CREATE POLICY public_by_its_code ON evidence_upload TO meldpunt_public
USING ((SELECT access_may('evidence.seal')) AND door = 'public' AND receipt_digest = (SELECT access_receipt_digest()));

-- A job takes away what expired, and sees nothing else.
GRANT SELECT, DELETE ON evidence_upload TO meldpunt_jobs;

CREATE POLICY jobs_see_what_expired ON evidence_upload FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('evidence.shred')) AND expires_at < now());

CREATE POLICY jobs_shred_what_expired ON evidence_upload FOR DELETE TO meldpunt_jobs
USING ((SELECT access_may('evidence.shred')) AND expires_at < now());

-- For evidence_uploads_held() alone.
CREATE POLICY owner_answers ON evidence_upload FOR SELECT TO meldpunt_owner USING (true);
