-- The timeline is only added to, in one's own name.
GRANT SELECT, INSERT ON cases_entry TO meldpunt_desk;

CREATE POLICY desk_reads ON cases_entry FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('case.read')));

CREATE POLICY desk_adds ON cases_entry FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('case.write')) AND by = (SELECT access_actor()));
