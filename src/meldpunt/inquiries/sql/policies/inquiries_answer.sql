-- A body reads and adds its own answers only, and while the inquiry is open: closed and withdrawn ones take none.
GRANT SELECT ON inquiries_answer TO meldpunt_desk;
GRANT SELECT, INSERT ON inquiries_answer TO meldpunt_portal;
GRANT SELECT (id, inquiry_id, outcome, given_at) ON inquiries_answer TO meldpunt_jobs;

CREATE POLICY desk_reads ON inquiries_answer FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('inquiry.handle')));

CREATE POLICY body_reads ON inquiries_answer FOR SELECT TO meldpunt_portal
USING ((SELECT access_may('inquiry.answer')) AND EXISTS (SELECT FROM inquiries_inquiry i WHERE i.id = inquiry_id));

CREATE POLICY body_answers ON inquiries_answer FOR INSERT TO meldpunt_portal
WITH CHECK ((SELECT access_may('inquiry.answer')) AND given_by = (SELECT access_actor())
    AND EXISTS (SELECT FROM inquiries_inquiry i JOIN disclosure_disclosure d ON d.id = i.disclosure_id
        WHERE i.id = inquiry_id AND i.closed_at IS NULL AND d.state IN ('delivered', 'superseded')));

CREATE POLICY jobs_remind ON inquiries_answer FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('inquiry.remind')));
