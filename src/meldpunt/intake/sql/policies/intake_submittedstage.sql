-- A stage is added and its words are never changed; who sees the report sees its stages, masked.
GRANT SELECT, INSERT ON intake_submittedstage TO meldpunt_desk, meldpunt_portal, meldpunt_public, meldpunt_jobs;

CREATE POLICY desk_reads ON intake_submittedstage FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('report.read')));

CREATE POLICY jobs_read ON intake_submittedstage FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('report.read')));

CREATE POLICY with_its_report ON intake_submittedstage FOR SELECT TO meldpunt_portal, meldpunt_public
USING (EXISTS (SELECT FROM intake_report AS report WHERE report.id = report_id));

CREATE POLICY to_ones_report ON intake_submittedstage FOR INSERT
TO meldpunt_desk, meldpunt_portal, meldpunt_jobs
WITH CHECK ((SELECT access_may('report.submit')) AND submitted_by = (SELECT access_actor())
    AND EXISTS (SELECT FROM intake_report AS report WHERE report.id = report_id));

-- A stage stops a statutory clock at its own time: outside, that is now.
CREATE POLICY outside_submits_now ON intake_submittedstage AS RESTRICTIVE FOR INSERT
TO meldpunt_portal, meldpunt_public, meldpunt_sensor
WITH CHECK (submitted_at BETWEEN now() - interval '5 minutes' AND clock_timestamp() + interval '5 minutes');

CREATE POLICY strangers_to_theirs ON intake_submittedstage FOR INSERT TO meldpunt_public
WITH CHECK ((SELECT access_may('report.submit')) AND submitted_by = (SELECT access_stranger())
    AND EXISTS (SELECT FROM intake_report AS report WHERE report.id = report_id));

-- The masked form alone: whom the report is about becomes known later. What was told stands in intake_words.
GRANT UPDATE (text, answers) ON intake_submittedstage TO meldpunt_desk, meldpunt_jobs;

CREATE POLICY desk_masks ON intake_submittedstage FOR UPDATE TO meldpunt_desk
USING ((SELECT access_may('report.complete')));

CREATE POLICY jobs_mask ON intake_submittedstage FOR UPDATE TO meldpunt_jobs
USING ((SELECT access_may('constituency.attribute')));

-- For intake_find_reports alone, which asks for its permission itself and gives ids.
CREATE POLICY owner_searches ON intake_submittedstage FOR SELECT TO meldpunt_owner USING (true);

-- A system that forwards sees which statutory stages there are of what it sent, and what it added itself; no word of any:
-- whoever holds the receipt may have added them.
GRANT SELECT (id, report_id, stage, submitted_at, submitted_by, ended_at), INSERT ON intake_submittedstage TO meldpunt_sensor;

CREATE POLICY sensor_with_its_report ON intake_submittedstage FOR SELECT TO meldpunt_sensor
USING ((stage NOT IN ('addition', 'correction') OR submitted_by = (SELECT id FROM access_machinekey))
    AND EXISTS (SELECT FROM intake_report AS report WHERE report.id = report_id));

CREATE POLICY sensor_adds ON intake_submittedstage FOR INSERT TO meldpunt_sensor
WITH CHECK ((SELECT access_may('report.forward')) AND submitted_by = (SELECT id FROM access_machinekey)
    AND stage <> 'correction' AND EXISTS (SELECT FROM intake_report AS report WHERE report.id = report_id));
