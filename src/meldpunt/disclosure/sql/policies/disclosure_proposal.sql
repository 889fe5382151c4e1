-- The draft whole, before anything was left out: inside only, to whom the disclosure itself is visible.
GRANT SELECT, INSERT ON disclosure_proposal TO meldpunt_desk, meldpunt_jobs;

CREATE POLICY inside_read ON disclosure_proposal FOR SELECT TO meldpunt_desk, meldpunt_jobs
USING (EXISTS (SELECT FROM disclosure_disclosure d WHERE d.id = disclosure_proposal.disclosure_id
    AND ((SELECT access_may('disclosure.oversee')) OR (SELECT access_may('disclosure.approve'))
        OR ((SELECT access_may('figures.publish')) AND d.item = 'overview')
        OR ((SELECT access_may('disclosure.propose')) AND d.proposed_by = (SELECT access_actor())))));

CREATE POLICY inside_propose ON disclosure_proposal FOR INSERT TO meldpunt_desk, meldpunt_jobs
WITH CHECK (EXISTS (SELECT FROM disclosure_disclosure d WHERE d.id = disclosure_id
    AND d.proposed_by = (SELECT access_actor()) AND d.state IN ('proposed', 'refused')));
