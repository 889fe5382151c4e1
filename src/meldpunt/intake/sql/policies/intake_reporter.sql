-- Who told us: written by whoever tells, and then sealed.
GRANT INSERT ON intake_reporter
TO meldpunt_desk, meldpunt_portal, meldpunt_public, meldpunt_sensor, meldpunt_jobs;
GRANT SELECT ON intake_reporter TO meldpunt_desk, meldpunt_jobs;

-- An observer, or an organisation that is known, is unsealed by name first. Only where nobody is known yet may
-- whoever completes reports look, because somebody has to ask back.
CREATE POLICY desk_unsealed ON intake_reporter FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('report.read')) AND CASE
    WHEN observer_id IS NOT NULL THEN observer_id IN (
        SELECT organisation_id FROM constituency_unsealing
        WHERE actor = (SELECT access_actor()) AND lapses_at > now())
    ELSE EXISTS (
        SELECT FROM intake_report AS report WHERE report.id = report_id AND CASE
            WHEN report.organisation_id IS NULL THEN (SELECT access_may('report.complete'))
            ELSE report.organisation_id IN (
                SELECT organisation_id FROM constituency_unsealing
                WHERE actor = (SELECT access_actor()) AND lapses_at > now())
            END)
    END);

CREATE POLICY jobs_read ON intake_reporter FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('report.read')));

CREATE POLICY with_its_report ON intake_reporter FOR INSERT
TO meldpunt_desk, meldpunt_portal, meldpunt_public, meldpunt_jobs
WITH CHECK (observer_id IS NULL AND observing_key IS NULL AND EXISTS (SELECT FROM intake_report AS report
    WHERE report.id = report_id AND report.sent_by = (SELECT access_actor())));

-- Who observed is whose key was shown: three observers cannot be made of one.
CREATE POLICY sensor_with_its_report ON intake_reporter FOR INSERT TO meldpunt_sensor
WITH CHECK (EXISTS (SELECT FROM intake_report AS report
        WHERE report.id = report_id AND report.sent_by = (SELECT access_actor()))
    AND ((observer_id IS NULL AND observing_key IS NULL)
        OR (observer_id, observing_key) = (SELECT organisation, id FROM access_machinekey)));

-- For intake_takes_mail alone, which asks for its permission itself and says yes or no.
CREATE POLICY owner_answers ON intake_reporter FOR SELECT TO meldpunt_owner USING (true);
