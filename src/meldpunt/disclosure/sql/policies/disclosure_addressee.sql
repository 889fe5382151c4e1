-- To whom, in the words for the reporter: a constituent stands here as its sector.
GRANT SELECT, INSERT ON disclosure_addressee TO meldpunt_desk, meldpunt_jobs;
GRANT SELECT ON disclosure_addressee TO meldpunt_portal, meldpunt_public;

CREATE POLICY inside_read ON disclosure_addressee FOR SELECT TO meldpunt_desk, meldpunt_jobs
USING (EXISTS (SELECT FROM disclosure_disclosure d WHERE d.id = disclosure_addressee.disclosure_id
    AND ((SELECT access_may('disclosure.oversee')) OR (SELECT access_may('disclosure.approve'))
        OR ((SELECT access_may('figures.publish')) AND d.item = 'overview')
        OR ((SELECT access_may('disclosure.propose')) AND d.proposed_by = (SELECT access_actor())))));

CREATE POLICY inside_seal ON disclosure_addressee FOR INSERT TO meldpunt_desk, meldpunt_jobs
WITH CHECK (NOT EXISTS (SELECT FROM disclosure_version v WHERE v.disclosure_id = disclosure_addressee.disclosure_id)
    AND EXISTS (SELECT FROM disclosure_disclosure d WHERE d.id = disclosure_id AND d.state = 'delivered'
        AND coalesce(d.approved_by, d.decided_by) = (SELECT access_actor())));

CREATE POLICY outside_trace ON disclosure_addressee FOR SELECT TO meldpunt_portal, meldpunt_public
USING (disclosure_id IN (SELECT disclosure_id FROM disclosure_origin));
