-- For the desk alone: that a reply was refused or waits would tell the body that there is something. It reads what it
-- was told, which is the disclosure.
GRANT SELECT, INSERT ON inquiries_reply TO meldpunt_desk;

CREATE POLICY desk_reads ON inquiries_reply FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('inquiry.handle')));

CREATE POLICY desk_replies ON inquiries_reply FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('inquiry.handle')) AND replied_by = (SELECT access_actor()));
