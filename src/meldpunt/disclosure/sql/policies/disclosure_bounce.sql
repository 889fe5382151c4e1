-- What came back. Written by the jobs, which receive mail; read with the delivery it belongs to.
GRANT SELECT ON disclosure_bounce TO meldpunt_desk;
GRANT SELECT, INSERT ON disclosure_bounce TO meldpunt_jobs;

CREATE POLICY inside_read ON disclosure_bounce FOR SELECT TO meldpunt_desk
USING (EXISTS (SELECT FROM disclosure_disclosure d WHERE d.id = disclosure_bounce.disclosure_id
    AND ((SELECT access_may('disclosure.oversee')) OR (SELECT access_may('disclosure.approve'))
        OR ((SELECT access_may('figures.publish')) AND d.item = 'overview')
        OR ((SELECT access_may('disclosure.propose')) AND d.proposed_by = (SELECT access_actor())))));

CREATE POLICY jobs_deliver ON disclosure_bounce TO meldpunt_jobs
USING ((SELECT access_may('disclosure.deliver')));
