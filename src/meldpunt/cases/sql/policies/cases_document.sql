-- What freedom of information may ask for: added, never changed and never deleted.
GRANT SELECT, INSERT ON cases_document TO meldpunt_desk;

CREATE POLICY desk_reads ON cases_document FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('case.read')));

CREATE POLICY desk_adds ON cases_document FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('case.write')) AND written_by = (SELECT access_actor()));
