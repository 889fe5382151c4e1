-- Everybody may tell; who may read is decided here, and what hangs on a report asks this table. Its words are masked
-- (intake_words holds the true ones), so the desk reads every row.
GRANT INSERT ON intake_report
TO meldpunt_desk, meldpunt_portal, meldpunt_public, meldpunt_sensor, meldpunt_jobs;
GRANT SELECT ON intake_report
TO meldpunt_desk, meldpunt_portal, meldpunt_public, meldpunt_sensor, meldpunt_jobs;
GRANT UPDATE (state, organisation_id, is_own, attributed_by, attributed_at, kind, sector, entity_kind, ended_at,
    title, text, answers, behind)
ON intake_report TO meldpunt_desk;
GRANT UPDATE (state, organisation_id, attributed_by, attributed_at, examined_at, title, text, answers, behind)
ON intake_report TO meldpunt_jobs;

CREATE POLICY desk_reads ON intake_report FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('report.read')));

CREATE POLICY jobs_read ON intake_report FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('report.read')));

-- Only what the organisation told us itself: a third party's report about it is not its own.
CREATE POLICY portal_its_own ON intake_report FOR SELECT TO meldpunt_portal
USING ((SELECT access_may('report.follow')) AND is_own AND organisation_id = (SELECT access_organisation()));

CREATE POLICY public_by_receipt ON intake_report FOR SELECT TO meldpunt_public
USING ((SELECT access_may('report.follow')) AND receipt_digest = (SELECT access_receipt_digest()));

-- A sighting is sent under a name made for it, which only who made it knows.
CREATE POLICY sensor_what_it_sent ON intake_report FOR SELECT TO meldpunt_sensor
USING (sent_by = (SELECT id FROM access_machinekey)
    OR (channel = 'sighting' AND sent_by = (SELECT access_actor()) AND EXISTS (SELECT FROM access_machinekey)));

CREATE POLICY desk_tells ON intake_report FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('report.submit')) AND sent_by = (SELECT access_actor()));

CREATE POLICY jobs_tell ON intake_report FOR INSERT TO meldpunt_jobs
WITH CHECK ((SELECT access_may('report.submit')) AND sent_by = (SELECT access_actor()));

-- The clock of a duty runs from the reception at the latest, and the name that another system gave is believed more
-- than one that a stranger typed: no door outside says that something came earlier, later, or through another.
CREATE POLICY outside_tells_now ON intake_report AS RESTRICTIVE FOR INSERT
TO meldpunt_portal, meldpunt_public, meldpunt_sensor
WITH CHECK (received_at BETWEEN now() - interval '5 minutes' AND clock_timestamp() + interval '5 minutes');

CREATE POLICY portal_tells ON intake_report FOR INSERT TO meldpunt_portal
WITH CHECK ((SELECT access_may('report.submit')) AND sent_by = (SELECT access_actor())
    AND is_own AND organisation_id = (SELECT access_organisation()) AND state = 'received'
    AND channel = 'web' AND attributed_by = 'logged-in');

CREATE POLICY public_tells ON intake_report FOR INSERT TO meldpunt_public
WITH CHECK ((SELECT access_may('report.submit')) AND sent_by = (SELECT access_stranger())
    AND NOT is_own AND organisation_id IS NULL AND state = 'received' AND examined_at IS NULL
    AND channel = 'web' AND attributed_by = '');

CREATE POLICY sensor_tells ON intake_report FOR INSERT TO meldpunt_sensor
WITH CHECK (((SELECT access_may('report.forward')) OR (SELECT access_may('sighting.post')))
    AND CASE WHEN channel = 'sighting'
        THEN sent_by = (SELECT access_actor()) AND EXISTS (SELECT FROM access_machinekey WHERE role = 'sensor')
        ELSE channel IN ('api', 'feed') AND sent_by = (SELECT id FROM access_machinekey) END
    AND NOT is_own AND organisation_id IS NULL AND state IN ('received', 'kept') AND examined_at IS NULL
    AND attributed_by = '');

CREATE POLICY desk_moves ON intake_report FOR UPDATE TO meldpunt_desk
USING ((SELECT access_may('report.complete')) OR (SELECT access_may('triage.decide')));

CREATE POLICY jobs_move ON intake_report FOR UPDATE TO meldpunt_jobs
USING ((SELECT access_may('constituency.attribute')));

-- Whoever made it puts right what they chose wrongly, and nothing else of it; then it stands behind no other in the queue.
GRANT UPDATE (kind, sector, entity_kind, behind) ON intake_report TO meldpunt_portal, meldpunt_public;

CREATE POLICY portal_puts_right ON intake_report FOR UPDATE TO meldpunt_portal
USING ((SELECT access_may('report.submit')) AND is_own AND organisation_id = (SELECT access_organisation()))
WITH CHECK (is_own AND organisation_id = (SELECT access_organisation()) AND behind IS NULL);

CREATE POLICY public_puts_right ON intake_report FOR UPDATE TO meldpunt_public
USING ((SELECT access_may('report.submit')) AND receipt_digest = (SELECT access_receipt_digest()))
WITH CHECK (receipt_digest = (SELECT access_receipt_digest()) AND behind IS NULL);

-- For intake_find_reports alone: the trigram index serves no query that a row policy guards, because the operator
-- is not leakproof. The function checks report.read itself and gives ids, which are read again under the policies.
CREATE POLICY owner_searches ON intake_report FOR SELECT TO meldpunt_owner USING (true);

-- For intake_settle_stage and triage_lay_line, which hold the row of a report while they say how it stands. They change
-- nothing of it.
CREATE POLICY owner_holds ON intake_report FOR UPDATE TO meldpunt_owner USING (true) WITH CHECK (false);
