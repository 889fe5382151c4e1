-- A reader finds the threads of what it was told, and of nothing else. Written by the platform when it tells.
GRANT SELECT ON isacs_told TO meldpunt_portal, meldpunt_desk;
GRANT SELECT, INSERT ON isacs_told TO meldpunt_jobs;

CREATE POLICY portal_what_it_was_told ON isacs_told FOR SELECT TO meldpunt_portal
USING ((SELECT access_may('isac.speak')) AND (SELECT access_may('disclosure.read'))
    AND disclosure IN (SELECT r.disclosure_id FROM disclosure_reader r));

CREATE POLICY desk_oversees ON isacs_told FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('isac.oversee')));

CREATE POLICY jobs_read ON isacs_told FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('isac.release')));

CREATE POLICY jobs_tell ON isacs_told FOR INSERT TO meldpunt_jobs
WITH CHECK ((SELECT access_may('isac.release')));
