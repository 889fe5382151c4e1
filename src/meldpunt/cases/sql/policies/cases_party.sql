-- Who has a role in the case. Codes only: names are sealed in the constituency.
GRANT SELECT, INSERT ON cases_party TO meldpunt_desk;

CREATE POLICY desk_reads ON cases_party FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('case.read')));

CREATE POLICY desk_adds ON cases_party FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('case.write')) AND added_by = (SELECT access_actor()));
