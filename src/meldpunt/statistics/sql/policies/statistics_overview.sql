-- Written once, by who compiles, in one's own name. What changes is only at which disclosure it was offered.
GRANT SELECT, INSERT ON statistics_overview TO meldpunt_desk, meldpunt_jobs;
GRANT UPDATE (disclosure_id) ON statistics_overview TO meldpunt_desk;

CREATE POLICY inside_read ON statistics_overview FOR SELECT TO meldpunt_desk, meldpunt_jobs
USING ((SELECT access_may('figures.read')));

CREATE POLICY inside_compile ON statistics_overview FOR INSERT TO meldpunt_desk, meldpunt_jobs
WITH CHECK ((SELECT access_may('figures.compile')) AND compiled_by = (SELECT access_actor())
    AND disclosure_id IS NULL);

CREATE POLICY desk_offers ON statistics_overview FOR UPDATE TO meldpunt_desk
USING ((SELECT access_may('figures.publish')))
WITH CHECK ((SELECT access_may('figures.publish')) AND disclosure_id IS NOT NULL);
