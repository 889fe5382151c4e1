-- A body writes and reads its own, and nothing of another's.
GRANT SELECT ON inquiries_incoming TO meldpunt_desk;
GRANT SELECT, INSERT ON inquiries_incoming TO meldpunt_portal;

CREATE POLICY desk_reads ON inquiries_incoming FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('inquiry.handle')));

CREATE POLICY body_follows ON inquiries_incoming FOR SELECT TO meldpunt_portal
USING ((SELECT access_may('inquiry.submit')) AND body_id = (SELECT access_organisation()));

CREATE POLICY body_asks ON inquiries_incoming FOR INSERT TO meldpunt_portal
WITH CHECK ((SELECT access_may('inquiry.submit')) AND body_id = (SELECT access_organisation())
    AND sent_by = (SELECT access_actor()));
