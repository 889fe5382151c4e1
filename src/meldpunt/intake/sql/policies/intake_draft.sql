-- A draft is of whoever holds its code, at the door where it was begun, and of nobody else: no analyst reads one before
-- it is sent. What is in it is ciphertext under that code, which is kept nowhere.
GRANT SELECT, INSERT, UPDATE (sealed, saved_at, expires_at, is_sent), DELETE ON intake_draft
TO meldpunt_desk, meldpunt_portal, meldpunt_public;

CREATE POLICY desk_by_its_code ON intake_draft TO meldpunt_desk
USING ((SELECT access_may('report.submit')) AND door = 'desk' AND receipt_digest = (SELECT access_receipt_digest()));

CREATE POLICY portal_by_its_code ON intake_draft TO meldpunt_portal
USING ((SELECT access_may('report.submit')) AND door = 'portal' AND receipt_digest = (SELECT access_receipt_digest()));

CREATE POLICY public_by_its_code ON intake_draft TO meldpunt_public
USING ((SELECT access_may('report.submit')) AND door = 'public' AND receipt_digest = (SELECT access_receipt_digest()));

-- A job takes away what expired, and sees nothing else.
GRANT SELECT, DELETE ON intake_draft TO meldpunt_jobs;

CREATE POLICY jobs_see_what_expired ON intake_draft FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('evidence.shred')) AND expires_at < now());

CREATE POLICY jobs_shred_what_expired ON intake_draft FOR DELETE TO meldpunt_jobs
USING ((SELECT access_may('evidence.shred')) AND expires_at < now());

-- For intake_drafts_kept() alone.
CREATE POLICY owner_answers ON intake_draft FOR SELECT TO meldpunt_owner USING (true);
