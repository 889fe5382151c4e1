-- Names are masked when they are written, so a row says of nobody sealed who it is. What a service is for, the desk reads
-- by code; at the portal an organisation reads its own.
GRANT SELECT, INSERT ON services_service TO meldpunt_desk, meldpunt_jobs;
GRANT INSERT ON services_service TO meldpunt_portal;
-- At the portal neither why a service was registered nor which colleague did it.
GRANT SELECT (id, code, name, sector, organisation_id, people, registered_at, told_by_owner, ended_at) ON services_service
TO meldpunt_portal;
GRANT UPDATE (people, ended_at, ended_by, ended_by_name, end_reason) ON services_service TO meldpunt_portal;
GRANT UPDATE (ended_at, ended_by, ended_by_name, end_reason) ON services_service TO meldpunt_desk, meldpunt_jobs;

CREATE POLICY desk_reads ON services_service FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('triage.read')));

CREATE POLICY jobs_read ON services_service FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('constituency.manage')));

CREATE POLICY portal_its_own ON services_service FOR SELECT TO meldpunt_portal
USING ((SELECT access_may('organisation.read-own')) AND organisation_id = (SELECT access_organisation()));

CREATE POLICY desk_registers ON services_service FOR INSERT TO meldpunt_desk
WITH CHECK (((SELECT access_may('triage.decide')) OR (SELECT access_may('constituency.manage')))
    AND by = (SELECT access_actor()) AND ended_at IS NULL);

CREATE POLICY jobs_register ON services_service FOR INSERT TO meldpunt_jobs
WITH CHECK ((SELECT access_may('constituency.manage')) AND by = (SELECT access_actor()) AND ended_at IS NULL);

-- A service ends once, in somebody's name.
CREATE POLICY desk_ends ON services_service FOR UPDATE TO meldpunt_desk
USING (((SELECT access_may('triage.decide')) OR (SELECT access_may('constituency.manage'))) AND ended_at IS NULL)
WITH CHECK (ended_at IS NOT NULL AND ended_by = (SELECT access_actor()));

-- Unless the organisation ended it: then the desk may put it back.
CREATE POLICY desk_puts_back ON services_service FOR UPDATE TO meldpunt_desk
USING ((SELECT access_may('triage.decide')) AND ended_at IS NOT NULL AND NOT told_by_owner
    AND EXISTS (SELECT FROM constituency_organisation o WHERE o.id = organisation_id AND o.code = ended_by_name))
WITH CHECK (ended_at IS NULL);

CREATE POLICY jobs_end ON services_service FOR UPDATE TO meldpunt_jobs
USING ((SELECT access_may('constituency.manage')) AND ended_at IS NULL)
WITH CHECK (ended_at IS NOT NULL AND ended_by = (SELECT access_actor()));

-- An organisation tells of its own: it adds, says how many people it serves, and ends.
CREATE POLICY portal_registers ON services_service FOR INSERT TO meldpunt_portal
WITH CHECK ((SELECT access_may('service.tell')) AND organisation_id = (SELECT access_organisation())
    AND by = (SELECT access_actor()) AND ended_at IS NULL);

-- Under its own code, which says to the desk who told it, and now: what was known on a day can be read back.
CREATE POLICY portal_as_itself ON services_service AS RESTRICTIVE FOR INSERT TO meldpunt_portal
WITH CHECK (registered_at BETWEEN now() - interval '5 minutes' AND clock_timestamp() + interval '5 minutes'
    AND EXISTS (SELECT FROM constituency_organisation o WHERE o.id = organisation_id
        AND by_name = o.code AND starts_with(services_service.code, o.code || '/')) AND told_by_owner);

CREATE POLICY portal_changes_its_own ON services_service FOR UPDATE TO meldpunt_portal
USING ((SELECT access_may('service.tell')) AND organisation_id = (SELECT access_organisation()) AND ended_at IS NULL)
WITH CHECK (organisation_id = (SELECT access_organisation())
    AND (ended_at IS NULL OR (ended_by = (SELECT access_actor())
        AND EXISTS (SELECT FROM constituency_organisation o WHERE o.id = organisation_id AND ended_by_name = o.code))));
