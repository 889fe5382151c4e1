-- Anybody may ask; who handles requests reads them; who holds the receipt follows its own.
GRANT SELECT, INSERT ON openness_request TO meldpunt_desk;
GRANT UPDATE (state, decide_before, adjourned_at, adjournment_reason) ON openness_request TO meldpunt_desk;
GRANT INSERT ON openness_request TO meldpunt_public;
GRANT SELECT (id, reference, receipt_digest, received_at, subject, decide_before, adjourned_at, adjournment_reason)
    ON openness_request TO meldpunt_public;

CREATE POLICY desk_handles ON openness_request FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('information-request.handle')));

CREATE POLICY desk_enters ON openness_request FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('information-request.submit')) AND sent_by = (SELECT access_actor()) AND state = 'open');

CREATE POLICY desk_moves ON openness_request FOR UPDATE TO meldpunt_desk
USING ((SELECT access_may('information-request.handle')));

CREATE POLICY public_asks ON openness_request FOR INSERT TO meldpunt_public
WITH CHECK ((SELECT access_may('information-request.submit')) AND sent_by = (SELECT access_stranger()) AND state = 'open'
    AND as_of IS NULL AND receipt_digest = (SELECT access_receipt_digest()));

CREATE POLICY public_by_receipt ON openness_request FOR SELECT TO meldpunt_public
USING (receipt_digest = (SELECT access_receipt_digest()));
