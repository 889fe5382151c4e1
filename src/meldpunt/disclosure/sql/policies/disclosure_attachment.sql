-- A file reaches a reader when the version that the reader may see lists it.
GRANT SELECT, INSERT ON disclosure_attachment TO meldpunt_desk, meldpunt_jobs;
GRANT SELECT ON disclosure_attachment TO meldpunt_portal, meldpunt_public, meldpunt_sensor;

CREATE POLICY inside_read ON disclosure_attachment FOR SELECT TO meldpunt_desk, meldpunt_jobs
USING (EXISTS (SELECT FROM disclosure_disclosure d WHERE d.id = disclosure_attachment.disclosure_id
    AND ((SELECT access_may('disclosure.oversee')) OR (SELECT access_may('disclosure.approve'))
        OR ((SELECT access_may('figures.publish')) AND d.item = 'overview')
        OR ((SELECT access_may('disclosure.propose')) AND d.proposed_by = (SELECT access_actor())))));

CREATE POLICY inside_propose ON disclosure_attachment FOR INSERT TO meldpunt_desk, meldpunt_jobs
WITH CHECK (EXISTS (SELECT FROM disclosure_disclosure d WHERE d.id = disclosure_id
    AND d.proposed_by = (SELECT access_actor()) AND d.state IN ('proposed', 'refused')));

CREATE POLICY outside_read ON disclosure_attachment FOR SELECT TO meldpunt_portal, meldpunt_public, meldpunt_sensor
USING (EXISTS (SELECT FROM disclosure_version v
    WHERE v.disclosure_id = disclosure_attachment.disclosure_id AND disclosure_attachment.id = ANY (v.attachments)));

-- What goes by mail is closed by the job that sends it.
CREATE POLICY jobs_deliver ON disclosure_attachment FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('disclosure.deliver'))
    AND EXISTS (SELECT FROM disclosure_envelope e WHERE e.disclosure_id = disclosure_attachment.disclosure_id));
