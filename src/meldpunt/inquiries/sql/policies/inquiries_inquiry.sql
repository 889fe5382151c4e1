-- The body finds that it was asked once it was told, and neither the words as they were typed nor the case: what it may
-- read is the disclosure. A refused or waiting inquiry leaves no sign outside. The job that reminds reads no words.
GRANT SELECT, INSERT, UPDATE (closed_by, closed_at, closing_reason) ON inquiries_inquiry TO meldpunt_desk;
GRANT SELECT (id, body_id, disclosure_id, asked_at, due_at, closed_at) ON inquiries_inquiry TO meldpunt_portal;
GRANT SELECT (id, reference, body_id, disclosure_id, conditions, refused, asked_at, due_at, closed_at)
ON inquiries_inquiry TO meldpunt_jobs;

CREATE POLICY desk_reads ON inquiries_inquiry FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('inquiry.handle')));

CREATE POLICY desk_asks ON inquiries_inquiry FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('inquiry.ask')) AND asked_by = (SELECT access_actor()) AND closed_at IS NULL);

CREATE POLICY desk_closes ON inquiries_inquiry FOR UPDATE TO meldpunt_desk
USING ((SELECT access_may('inquiry.handle')) AND closed_at IS NULL)
WITH CHECK (closed_by = (SELECT access_actor()) AND closed_at IS NOT NULL);

CREATE POLICY body_asked ON inquiries_inquiry FOR SELECT TO meldpunt_portal
USING ((SELECT access_may('inquiry.answer')) AND body_id = (SELECT access_organisation())
    AND disclosure_id IN (SELECT disclosure_id FROM disclosure_reader));

CREATE POLICY jobs_remind ON inquiries_inquiry FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('inquiry.remind')));
