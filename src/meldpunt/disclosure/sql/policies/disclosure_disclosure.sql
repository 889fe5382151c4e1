-- The act. The desk sees what it oversees or proposed itself; a reader or a reporter sees that it happened, on what
-- ground and when, and never who of the desk decided or what the verdict said of others: hence the column grants.
GRANT SELECT, INSERT ON disclosure_disclosure TO meldpunt_desk, meldpunt_jobs;
GRANT UPDATE (state, grounds, verdict, four_eyes, decided_by, decided_at, decision_reason, approved_by, approved_at,
    approval_reason, delivered_at, withdrawn_by, withdrawn_at, withdrawal_reason,
    superseded_with_id, superseded_by, superseded_at, superseding_reason)
ON disclosure_disclosure TO meldpunt_desk, meldpunt_jobs;
-- superseded_with says nothing to who was not told the newer one: they find no such row.
GRANT SELECT (id, item, subject, state, tlp, pap, grounds, delivered_at, withdrawn_at, withdrawal_reason,
    superseded_with_id, superseded_at, superseding_reason)
ON disclosure_disclosure TO meldpunt_portal, meldpunt_public, meldpunt_sensor;

-- Who publishes figures sees what a colleague offered, and nothing that is no figure.
CREATE POLICY inside_read ON disclosure_disclosure FOR SELECT TO meldpunt_desk, meldpunt_jobs
USING ((SELECT access_may('disclosure.oversee')) OR (SELECT access_may('disclosure.approve'))
    OR ((SELECT access_may('figures.publish')) AND item = 'overview')
    OR ((SELECT access_may('disclosure.propose')) AND proposed_by = (SELECT access_actor())));

-- The overview counts what was told, by kind; it reads no content: the other tables repeat the condition above.
CREATE POLICY jobs_count ON disclosure_disclosure FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('figures.compile')));

CREATE POLICY inside_propose ON disclosure_disclosure FOR INSERT TO meldpunt_desk, meldpunt_jobs
WITH CHECK ((SELECT access_may('disclosure.propose')) AND proposed_by = (SELECT access_actor())
    AND state IN ('proposed', 'refused') AND decided_by IS NULL AND approved_by IS NULL AND withdrawn_by IS NULL
    AND superseded_by IS NULL AND (deferral = '' OR four_eyes));

-- Which moves there are, and by whom, is in the trigger disclosure_guard.
CREATE POLICY inside_move ON disclosure_disclosure FOR UPDATE TO meldpunt_desk, meldpunt_jobs
USING ((SELECT access_may('disclosure.oversee')) OR (SELECT access_may('disclosure.approve'))
    OR ((SELECT access_may('disclosure.propose')) AND proposed_by = (SELECT access_actor())));

-- disclosure_reader and disclosure_origin show each door its own rows; both are written when a version is sealed,
-- so that neither a proposal nor a refusal leaves a sign.
CREATE POLICY outside_read ON disclosure_disclosure FOR SELECT TO meldpunt_portal, meldpunt_public, meldpunt_sensor
USING ((SELECT access_may('disclosure.read')) AND id IN (SELECT disclosure_id FROM disclosure_reader));

-- TLP:RED binds persons: whatever key is shown, no machine reads the act, and so neither its words nor its files.
CREATE POLICY no_machine_reads_red ON disclosure_disclosure AS RESTRICTIVE FOR SELECT TO meldpunt_sensor
USING (tlp <> 'TLP:RED');

CREATE POLICY outside_trace ON disclosure_disclosure FOR SELECT TO meldpunt_portal, meldpunt_public
USING ((SELECT access_may('disclosure.trace')) AND id IN (SELECT disclosure_id FROM disclosure_origin));

-- The job that sends mail reads what goes by mail, and nothing that does not.
CREATE POLICY jobs_deliver ON disclosure_disclosure FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('disclosure.deliver'))
    AND EXISTS (SELECT FROM disclosure_envelope e WHERE e.disclosure_id = disclosure_disclosure.id));
