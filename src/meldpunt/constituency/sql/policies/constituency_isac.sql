-- That an ISAC exists is no secret to its sector; at the portal one sees that one, and the tables one sits or sat at.
GRANT SELECT ON constituency_isac TO meldpunt_desk, meldpunt_portal, meldpunt_jobs;
GRANT INSERT ON constituency_isac TO meldpunt_desk, meldpunt_jobs;

CREATE POLICY desk_reads ON constituency_isac FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('organisation.read')));

CREATE POLICY jobs_read ON constituency_isac FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('organisation.read')));

CREATE POLICY portal_member ON constituency_isac FOR SELECT TO meldpunt_portal
USING ((SELECT access_may('organisation.read')) AND EXISTS (SELECT FROM constituency_membership m
    WHERE m.isac_id = constituency_isac.id AND m.organisation_id = (SELECT access_organisation())));

CREATE POLICY portal_its_sector ON constituency_isac FOR SELECT TO meldpunt_portal
USING ((SELECT access_may('isac.speak'))
    AND EXISTS (SELECT FROM constituency_organisation o
        WHERE o.id = (SELECT access_organisation()) AND o.sector = constituency_isac.sector));

CREATE POLICY desk_registers ON constituency_isac FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('constituency.manage')));

CREATE POLICY jobs_register ON constituency_isac FOR INSERT TO meldpunt_jobs
WITH CHECK ((SELECT access_may('constituency.manage')));
