-- A code and a sector are no secret inside; the name is in another table. Outside one knows oneself and the parties.
GRANT SELECT ON constituency_organisation TO meldpunt_desk, meldpunt_portal, meldpunt_sensor, meldpunt_jobs;
GRANT INSERT ON constituency_organisation TO meldpunt_desk, meldpunt_jobs;

CREATE POLICY desk_reads ON constituency_organisation FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('organisation.read')));

CREATE POLICY jobs_read ON constituency_organisation FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('organisation.read')));

CREATE POLICY portal_itself_and_parties ON constituency_organisation FOR SELECT TO meldpunt_portal
USING ((SELECT access_may('organisation.read')) AND (id = (SELECT access_organisation()) OR kind = 'party'));

CREATE POLICY sensor_itself ON constituency_organisation FOR SELECT TO meldpunt_sensor
USING ((SELECT access_may('organisation.read')) AND id = (SELECT organisation FROM access_machinekey));

CREATE POLICY desk_registers ON constituency_organisation FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('constituency.manage')));

CREATE POLICY jobs_register ON constituency_organisation FOR INSERT TO meldpunt_jobs
WITH CHECK ((SELECT access_may('constituency.manage')));

-- Read by constituency_codes alone, which asks for account.manage.
CREATE POLICY owner_answers ON constituency_organisation FOR SELECT TO meldpunt_owner USING (true);
