-- What the case is about. Added, never changed.
GRANT SELECT, INSERT ON cases_observable TO meldpunt_desk;

-- What came with a report shows to whom the report's own shows: intake hides what says who it is.
CREATE POLICY desk_reads ON cases_observable FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('case.read')) AND (report_id IS NULL OR EXISTS (
    SELECT FROM intake_observable AS told
    WHERE told.report_id = cases_observable.report_id
        AND told.kind = cases_observable.kind AND told.value = cases_observable.value)));

CREATE POLICY desk_adds ON cases_observable FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('case.write')) AND added_by = (SELECT access_actor()) AND report_id IS NULL);

-- For cases_gather_observables and cases_sharing alone, which ask for their permission themselves.
CREATE POLICY owner_gathers ON cases_observable FOR INSERT TO meldpunt_owner
WITH CHECK (added_by = (SELECT access_actor()) AND report_id IS NOT NULL);

CREATE POLICY owner_counts ON cases_observable FOR SELECT TO meldpunt_owner USING (true);
