-- The words in which an organisation names a provider may be the sealed name of another: it reads its own, a job reads
-- whom they mean, and the desk reads all but the words.
GRANT SELECT, INSERT ON services_naming TO meldpunt_portal;
GRANT UPDATE (until, ended_by, ended_by_name) ON services_naming TO meldpunt_portal;
GRANT SELECT ON services_naming TO meldpunt_jobs;
GRANT SELECT (id, of_service_id, sector, percent_low, percent_likely, percent_high, buffer_low, buffer_likely, buffer_high,
    told_on, sure, by, by_name, since, until, ended_by, ended_by_name) ON services_naming TO meldpunt_desk;

CREATE POLICY desk_reads ON services_naming FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('triage.read')));

CREATE POLICY jobs_read ON services_naming FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('constituency.manage')));

CREATE POLICY portal_of_its_own ON services_naming FOR SELECT TO meldpunt_portal
USING ((SELECT access_may('organisation.read-own'))
    AND EXISTS (SELECT FROM services_service s WHERE s.id = services_naming.of_service_id));

CREATE POLICY portal_names ON services_naming FOR INSERT TO meldpunt_portal
WITH CHECK ((SELECT access_may('service.tell')) AND by = (SELECT access_actor()) AND until IS NULL
    AND EXISTS (SELECT FROM services_service s WHERE s.id = of_service_id));

CREATE POLICY portal_ends ON services_naming FOR UPDATE TO meldpunt_portal
USING ((SELECT access_may('service.tell')) AND until IS NULL
    AND EXISTS (SELECT FROM services_service s WHERE s.id = of_service_id))
WITH CHECK (until IS NOT NULL AND ended_by = (SELECT access_actor()));

-- Under its own code, which says to the desk who told it, and now: what was known on a day can be read back.
CREATE POLICY portal_as_itself ON services_naming AS RESTRICTIVE FOR INSERT TO meldpunt_portal
WITH CHECK (since BETWEEN now() - interval '5 minutes' AND clock_timestamp() + interval '5 minutes'
    AND EXISTS (SELECT FROM constituency_organisation o WHERE o.id = (SELECT access_organisation())
        AND by_name = o.code));
