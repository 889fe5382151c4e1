-- Who was told. Outside, each sees only the row that is its own: no reader learns of another.
-- What is for a named person is for no colleague of the same organisation.
-- Rows are added while a version is being sealed and never after: who joins a circle later was not told.
GRANT SELECT, INSERT ON disclosure_reader TO meldpunt_desk, meldpunt_jobs;
GRANT SELECT ON disclosure_reader TO meldpunt_portal, meldpunt_public, meldpunt_sensor;

CREATE POLICY inside_read ON disclosure_reader FOR SELECT TO meldpunt_desk, meldpunt_jobs
USING (EXISTS (SELECT FROM disclosure_disclosure d WHERE d.id = disclosure_reader.disclosure_id
    AND ((SELECT access_may('disclosure.oversee')) OR (SELECT access_may('disclosure.approve'))
        OR ((SELECT access_may('figures.publish')) AND d.item = 'overview')
        OR ((SELECT access_may('disclosure.propose')) AND d.proposed_by = (SELECT access_actor())))));

CREATE POLICY inside_seal ON disclosure_reader FOR INSERT TO meldpunt_desk, meldpunt_jobs
WITH CHECK (NOT EXISTS (SELECT FROM disclosure_version v WHERE v.disclosure_id = disclosure_reader.disclosure_id)
    AND EXISTS (SELECT FROM disclosure_disclosure d WHERE d.id = disclosure_id AND d.state = 'delivered'
        AND coalesce(d.approved_by, d.decided_by) = (SELECT access_actor())));

CREATE POLICY portal_itself ON disclosure_reader FOR SELECT TO meldpunt_portal
USING (organisation = (SELECT access_organisation()) AND (person IS NULL OR person = (SELECT access_actor())));

CREATE POLICY public_or_receipt ON disclosure_reader FOR SELECT TO meldpunt_public
USING ((kind = 'public' AND (SELECT access_actor()) IS NOT NULL)
    OR receipt_digest = (SELECT access_receipt_digest()));

-- The key says whose sensor it is, not the session; the key of a forwarder says nothing here.
CREATE POLICY sensor_network ON disclosure_reader FOR SELECT TO meldpunt_sensor
USING (kind = 'detection-network'
    AND organisation = (SELECT organisation FROM access_machinekey WHERE role = 'sensor'));

-- The key of a machine that reads: what its organisation was told, in whichever circle, and not what one person there was.
CREATE POLICY sensor_reads ON disclosure_reader FOR SELECT TO meldpunt_sensor
USING (person IS NULL AND organisation = (SELECT organisation FROM access_machinekey WHERE role = 'reader'));
