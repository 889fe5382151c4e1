-- Who leans on whom is read at the desk. At the portal an organisation reads what its own services lean on, never who
-- leans on them, nor which service of somebody else it is, who told it and why: the password of the portal's role would
-- draw the whole graph from that.
GRANT SELECT, INSERT ON services_dependency TO meldpunt_desk, meldpunt_jobs;
GRANT INSERT ON services_dependency TO meldpunt_portal;
GRANT SELECT (id, of_service_id, inside_id, on_process, naming_id, percent_low, percent_likely, percent_high, buffer_low,
    buffer_likely, buffer_high, told_on, sure, told_by_owner, since, until) ON services_dependency TO meldpunt_portal;
GRANT UPDATE (until, ended_by, ended_by_name, end_reason) ON services_dependency
TO meldpunt_desk, meldpunt_jobs, meldpunt_portal;

CREATE POLICY desk_reads ON services_dependency FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('triage.read')));

CREATE POLICY jobs_read ON services_dependency FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('constituency.manage')));

CREATE POLICY portal_of_its_own ON services_dependency FOR SELECT TO meldpunt_portal
USING ((SELECT access_may('organisation.read-own'))
    AND EXISTS (SELECT FROM services_service s WHERE s.id = services_dependency.of_service_id));

CREATE POLICY desk_tells ON services_dependency FOR INSERT TO meldpunt_desk
WITH CHECK (((SELECT access_may('triage.decide')) OR (SELECT access_may('constituency.manage')))
    AND by = (SELECT access_actor()) AND until IS NULL);

CREATE POLICY jobs_tell ON services_dependency FOR INSERT TO meldpunt_jobs
WITH CHECK ((SELECT access_may('constituency.manage')) AND by = (SELECT access_actor()) AND until IS NULL);

-- A version ends once, in somebody's name.
CREATE POLICY desk_ends ON services_dependency FOR UPDATE TO meldpunt_desk
USING (((SELECT access_may('triage.decide')) OR (SELECT access_may('constituency.manage'))) AND until IS NULL)
WITH CHECK (until IS NOT NULL AND ended_by = (SELECT access_actor()));

CREATE POLICY jobs_end ON services_dependency FOR UPDATE TO meldpunt_jobs
USING ((SELECT access_may('constituency.manage')) AND until IS NULL)
WITH CHECK (until IS NOT NULL AND ended_by = (SELECT access_actor()));

-- An organisation tells what its own services lean on: a vital process, another of its own, or what the desk said that
-- its words mean. Of a service of somebody else it knows no more than an id that it was shown.
CREATE POLICY portal_tells ON services_dependency FOR INSERT TO meldpunt_portal
WITH CHECK ((SELECT access_may('service.tell')) AND by = (SELECT access_actor()) AND until IS NULL
    AND EXISTS (SELECT FROM services_service s WHERE s.id = of_service_id)
    AND (on_service_id IS NULL OR EXISTS (SELECT FROM services_service s WHERE s.id = on_service_id)
        OR EXISTS (SELECT FROM services_naming n WHERE n.id = naming_id)));

CREATE POLICY portal_ends ON services_dependency FOR UPDATE TO meldpunt_portal
USING ((SELECT access_may('service.tell')) AND until IS NULL
    AND EXISTS (SELECT FROM services_service s WHERE s.id = of_service_id))
WITH CHECK (until IS NOT NULL AND ended_by = (SELECT access_actor())
    AND EXISTS (SELECT FROM constituency_organisation o WHERE o.id = (SELECT access_organisation())
        AND ended_by_name = o.code));

-- Under its own code, which says to the desk who told it, and now: what was known on a day can be read back.
CREATE POLICY portal_as_itself ON services_dependency AS RESTRICTIVE FOR INSERT TO meldpunt_portal
WITH CHECK (since BETWEEN now() - interval '5 minutes' AND clock_timestamp() + interval '5 minutes'
    AND EXISTS (SELECT FROM constituency_organisation o WHERE o.id = (SELECT access_organisation())
        AND by_name = o.code AND told_by = o.code) AND told_by_owner);
