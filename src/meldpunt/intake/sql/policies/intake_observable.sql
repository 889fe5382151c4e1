-- Lifted from the text when it comes in, by whoever's transaction that is; read by the desk and the jobs.
GRANT INSERT ON intake_observable
TO meldpunt_desk, meldpunt_portal, meldpunt_public, meldpunt_sensor, meldpunt_jobs;
GRANT SELECT ON intake_observable TO meldpunt_desk, meldpunt_jobs;

-- What says who it is shows to whom the words show it stands in.
CREATE POLICY desk_reads ON intake_observable FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('report.read')) AND (NOT is_telling
    OR EXISTS (SELECT FROM intake_words AS words WHERE words.report_id = intake_observable.report_id)));

CREATE POLICY jobs_read ON intake_observable FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('report.read')));

CREATE POLICY with_its_report ON intake_observable FOR INSERT
TO meldpunt_desk, meldpunt_portal, meldpunt_public, meldpunt_sensor, meldpunt_jobs
WITH CHECK (EXISTS (SELECT FROM intake_report AS report WHERE report.id = report_id));

-- Whom a report is about becomes known later, and with it which of these say so: by intake_flag_observables alone.
CREATE POLICY owner_flags ON intake_observable FOR UPDATE TO meldpunt_owner
USING ((SELECT access_may('report.complete')) OR (SELECT access_may('constituency.attribute')));

-- For intake_flag_observables, and for intake_sharing and cases_sharing, which ask for their permission themselves and
-- give counts.
CREATE POLICY owner_counts ON intake_observable FOR SELECT TO meldpunt_owner USING (true);
