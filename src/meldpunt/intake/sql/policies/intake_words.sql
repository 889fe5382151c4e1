-- What was told, as it was told: written by whoever tells, and then sealed. Every other table holds the masked form.
GRANT INSERT ON intake_words
TO meldpunt_desk, meldpunt_portal, meldpunt_public, meldpunt_sensor, meldpunt_jobs;
GRANT SELECT ON intake_words TO meldpunt_desk, meldpunt_portal, meldpunt_public, meldpunt_jobs;
GRANT UPDATE (awaits_masking) ON intake_words TO meldpunt_desk, meldpunt_jobs;
GRANT UPDATE (awaits_lifting) ON intake_words TO meldpunt_jobs;

-- Sealed like who told us (intake_reporter), whose name may stand in them: whoever unsealed the organisation reads its
-- words. Only where nobody is known yet may whoever completes reports read, because somebody has to ask back.
CREATE POLICY desk_unsealed ON intake_words FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('report.read')) AND EXISTS (
    SELECT FROM intake_report AS report WHERE report.id = intake_words.report_id AND CASE
        WHEN report.organisation_id IS NULL THEN (SELECT access_may('report.complete'))
        ELSE report.organisation_id IN (
            SELECT organisation_id FROM constituency_unsealing
            WHERE actor = (SELECT access_actor()) AND lapses_at > now())
        END));

CREATE POLICY jobs_read ON intake_words FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('report.read')));

-- Who reads the report as its own reads its own words.
CREATE POLICY with_its_report ON intake_words FOR SELECT TO meldpunt_portal, meldpunt_public
USING (EXISTS (SELECT FROM intake_report AS report WHERE report.id = intake_words.report_id));

-- Once for each report and stage (the constraint words_once), by whoever tells it.
CREATE POLICY with_its_report_or_stage ON intake_words FOR INSERT
TO meldpunt_desk, meldpunt_portal, meldpunt_public, meldpunt_jobs
WITH CHECK (CASE
    WHEN stage_id IS NULL THEN EXISTS (SELECT FROM intake_report AS report
        WHERE report.id = intake_words.report_id AND report.sent_by = (SELECT access_actor()))
    ELSE EXISTS (SELECT FROM intake_submittedstage AS stage
        WHERE stage.id = intake_words.stage_id AND stage.report_id = intake_words.report_id
            AND stage.submitted_by = (SELECT access_actor()))
    END);

CREATE POLICY sensor_with_its_report_or_stage ON intake_words FOR INSERT TO meldpunt_sensor
WITH CHECK (CASE
    WHEN stage_id IS NULL THEN EXISTS (SELECT FROM intake_report AS report
        WHERE report.id = intake_words.report_id AND report.sent_by = (SELECT access_actor()))
    ELSE EXISTS (SELECT FROM intake_submittedstage AS stage
        WHERE stage.id = intake_words.stage_id AND stage.report_id = intake_words.report_id
            AND stage.submitted_by = (SELECT id FROM access_machinekey))
    END);

-- A system that forwards reads back what it answered itself, from which follows what is still asked; nothing else, and
-- nothing of a sighting.
GRANT SELECT (id, report_id, stage_id, answers) ON intake_words TO meldpunt_sensor;

CREATE POLICY sensor_its_own ON intake_words FOR SELECT TO meldpunt_sensor
USING ((SELECT access_may('report.forward')) AND CASE
    WHEN stage_id IS NULL THEN EXISTS (SELECT FROM intake_report AS report
        WHERE report.id = intake_words.report_id AND report.sent_by = (SELECT id FROM access_machinekey))
    ELSE EXISTS (SELECT FROM intake_submittedstage AS stage
        WHERE stage.id = intake_words.stage_id AND stage.submitted_by = (SELECT id FROM access_machinekey))
    END);

CREATE POLICY desk_masked ON intake_words FOR UPDATE TO meldpunt_desk
USING ((SELECT access_may('report.complete')));

CREATE POLICY jobs_masked ON intake_words FOR UPDATE TO meldpunt_jobs
USING ((SELECT access_may('constituency.attribute')));

-- For intake_await_masking alone.
CREATE POLICY owner_sends_back ON intake_words FOR UPDATE TO meldpunt_owner
USING ((SELECT access_may('report.complete')));

-- For intake_find_reports, intake_whole_words, intake_markings and intake_await_masking alone, which ask for their
-- permission themselves.
CREATE POLICY owner_answers ON intake_words FOR SELECT TO meldpunt_owner USING (true);
