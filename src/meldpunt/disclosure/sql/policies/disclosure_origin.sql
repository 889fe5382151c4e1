-- From which report it stems. The reporter's own row opens the trace to it; readers never see one.
-- Where the law forbids telling for a time, the row opens by the clock alone, and with it the act and its addressees.
GRANT SELECT, INSERT ON disclosure_origin TO meldpunt_desk, meldpunt_jobs;
GRANT SELECT ON disclosure_origin TO meldpunt_portal, meldpunt_public;

CREATE POLICY inside_read ON disclosure_origin FOR SELECT TO meldpunt_desk, meldpunt_jobs
USING (EXISTS (SELECT FROM disclosure_disclosure d WHERE d.id = disclosure_origin.disclosure_id
    AND ((SELECT access_may('disclosure.oversee')) OR (SELECT access_may('disclosure.approve'))
        OR ((SELECT access_may('figures.publish')) AND d.item = 'overview')
        OR ((SELECT access_may('disclosure.propose')) AND d.proposed_by = (SELECT access_actor())))));

CREATE POLICY inside_seal ON disclosure_origin FOR INSERT TO meldpunt_desk, meldpunt_jobs
WITH CHECK (NOT EXISTS (SELECT FROM disclosure_version v WHERE v.disclosure_id = disclosure_origin.disclosure_id)
    AND EXISTS (SELECT FROM disclosure_disclosure d WHERE d.id = disclosure_id AND d.state = 'delivered'
        AND coalesce(d.approved_by, d.decided_by) = (SELECT access_actor())));

CREATE POLICY portal_own_reports ON disclosure_origin FOR SELECT TO meldpunt_portal
USING ((SELECT access_may('disclosure.trace')) AND organisation = (SELECT access_organisation())
    AND (readable_from IS NULL OR readable_from <= now()));

CREATE POLICY public_receipt ON disclosure_origin FOR SELECT TO meldpunt_public
USING ((SELECT access_may('disclosure.trace')) AND receipt_digest = (SELECT access_receipt_digest())
    AND (readable_from IS NULL OR readable_from <= now()));

-- disclosure_not_yet() counts what waits; it runs as the owner.
CREATE POLICY owner_counts ON disclosure_origin FOR SELECT TO meldpunt_owner USING (true);
