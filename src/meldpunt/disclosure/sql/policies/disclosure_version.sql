-- What readers get. A reporter who is no reader sees the trace and not this; after withdrawal nobody outside does;
-- what was superseded stays readable, and says so.
GRANT SELECT, INSERT ON disclosure_version TO meldpunt_desk, meldpunt_jobs;
GRANT SELECT (id, disclosure_id, language, title, parts, attachments, content_hash, sealed_at)
ON disclosure_version TO meldpunt_portal, meldpunt_public, meldpunt_sensor;

CREATE POLICY inside_read ON disclosure_version FOR SELECT TO meldpunt_desk, meldpunt_jobs
USING (EXISTS (SELECT FROM disclosure_disclosure d WHERE d.id = disclosure_version.disclosure_id
    AND ((SELECT access_may('disclosure.oversee')) OR (SELECT access_may('disclosure.approve'))
        OR ((SELECT access_may('figures.publish')) AND d.item = 'overview')
        OR ((SELECT access_may('disclosure.propose')) AND d.proposed_by = (SELECT access_actor())))));

-- Sealed by who decided last; the table holds one version per disclosure and grants no UPDATE.
CREATE POLICY inside_seal ON disclosure_version FOR INSERT TO meldpunt_desk, meldpunt_jobs
WITH CHECK (EXISTS (SELECT FROM disclosure_disclosure d WHERE d.id = disclosure_id AND d.state = 'delivered'
    AND coalesce(d.approved_by, d.decided_by) = (SELECT access_actor())));

CREATE POLICY outside_read ON disclosure_version FOR SELECT TO meldpunt_portal, meldpunt_public, meldpunt_sensor
USING ((SELECT access_may('disclosure.read'))
    AND disclosure_id IN (SELECT disclosure_id FROM disclosure_reader)
    AND EXISTS (SELECT FROM disclosure_disclosure d
        WHERE d.id = disclosure_version.disclosure_id AND d.state IN ('delivered', 'superseded')));

-- What goes by mail is closed by the job that sends it.
CREATE POLICY jobs_deliver ON disclosure_version FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('disclosure.deliver'))
    AND EXISTS (SELECT FROM disclosure_envelope e WHERE e.disclosure_id = disclosure_version.disclosure_id));
