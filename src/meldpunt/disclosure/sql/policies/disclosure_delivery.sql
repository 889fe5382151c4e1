-- How far it came with each reader. A reader moves only its own delivery at the door where it reads, and only to read or
-- acknowledged: a machine does not say that somebody read it in the portal, nor anybody outside that a mail was read;
-- what everybody may read is acknowledged by nobody.
GRANT SELECT, INSERT, UPDATE (state) ON disclosure_delivery TO meldpunt_desk, meldpunt_jobs;
GRANT SELECT, UPDATE (state, read_at, read_by, acknowledged_at, acknowledged_by, note)
ON disclosure_delivery TO meldpunt_portal, meldpunt_public, meldpunt_sensor;

CREATE POLICY inside_read ON disclosure_delivery FOR SELECT TO meldpunt_desk, meldpunt_jobs
USING (EXISTS (SELECT FROM disclosure_disclosure d WHERE d.id = disclosure_delivery.disclosure_id
    AND ((SELECT access_may('disclosure.oversee')) OR (SELECT access_may('disclosure.approve'))
        OR ((SELECT access_may('figures.publish')) AND d.item = 'overview')
        OR ((SELECT access_may('disclosure.propose')) AND d.proposed_by = (SELECT access_actor())))));

CREATE POLICY inside_seal ON disclosure_delivery FOR INSERT TO meldpunt_desk, meldpunt_jobs
WITH CHECK (NOT EXISTS (SELECT FROM disclosure_version v WHERE v.disclosure_id = disclosure_delivery.disclosure_id)
    AND EXISTS (SELECT FROM disclosure_disclosure d WHERE d.id = disclosure_id AND d.state = 'delivered'
        AND coalesce(d.approved_by, d.decided_by) = (SELECT access_actor())));

CREATE POLICY inside_withdraw ON disclosure_delivery FOR UPDATE TO meldpunt_desk, meldpunt_jobs
USING (EXISTS (SELECT FROM disclosure_disclosure d WHERE d.id = disclosure_id AND d.state = 'withdrawn'
    AND d.withdrawn_by = (SELECT access_actor())))
WITH CHECK (state = 'withdrawn');

CREATE POLICY outside_read ON disclosure_delivery FOR SELECT TO meldpunt_portal, meldpunt_public, meldpunt_sensor
USING ((SELECT access_may('disclosure.read')) AND reader_id IN (SELECT id FROM disclosure_reader));

CREATE POLICY outside_progress ON disclosure_delivery FOR UPDATE TO meldpunt_portal, meldpunt_public, meldpunt_sensor
USING ((SELECT access_may('disclosure.read')) AND state IN ('sent', 'read', 'acknowledged')
    AND channel = CASE (SELECT current_user) WHEN 'meldpunt_portal' THEN 'portal' WHEN 'meldpunt_public' THEN 'public-site'
        WHEN 'meldpunt_sensor' THEN 'api' END
    AND reader_id IN (SELECT id FROM disclosure_reader WHERE kind <> 'public'))
WITH CHECK (state IN ('read', 'acknowledged'));

-- The job that sends mail writes what came of it, on deliveries by mail alone.
GRANT UPDATE (sent_at) ON disclosure_delivery TO meldpunt_jobs;

CREATE POLICY jobs_deliver ON disclosure_delivery FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('disclosure.deliver')) AND channel IN ('mail', 'mail-notice', 'reporter-mail'));

CREATE POLICY jobs_say_what_came_of_it ON disclosure_delivery FOR UPDATE TO meldpunt_jobs
USING ((SELECT access_may('disclosure.deliver')) AND channel IN ('mail', 'mail-notice', 'reporter-mail') AND state <> 'withdrawn')
WITH CHECK (channel IN ('mail', 'mail-notice', 'reporter-mail') AND state IN ('waiting', 'sent', 'failed', 'bounced'));
