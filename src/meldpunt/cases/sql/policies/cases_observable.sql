-- What the case is about. Added, never changed.
GRANT SELECT, INSERT ON cases_observable TO meldpunt_desk;

CREATE POLICY desk_reads ON cases_observable FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('case.read')));

CREATE POLICY desk_adds ON cases_observable FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('case.write')) AND added_by = (SELECT access_actor()));
