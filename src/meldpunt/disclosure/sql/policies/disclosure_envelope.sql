-- Mail on its way. It names a contact or a report by an id and holds no address; outside nobody sees that there is any.
-- The jobs read and move all of it and ask no other table, because theirs ask this one what there is to send; what may be
-- added, and what may become of it, is in the trigger disclosure_envelope_guard.
GRANT SELECT, INSERT, UPDATE (state, settled_by, settled_at, settlement) ON disclosure_envelope TO meldpunt_desk;
GRANT SELECT, INSERT,
    UPDATE (state, attempts, next_attempt_at, closed_with, sent_at, reply, trouble, raised_at, settled_by, settled_at,
        settlement)
ON disclosure_envelope TO meldpunt_jobs;

CREATE POLICY inside_read ON disclosure_envelope FOR SELECT TO meldpunt_desk
USING (EXISTS (SELECT FROM disclosure_disclosure d WHERE d.id = disclosure_envelope.disclosure_id
    AND ((SELECT access_may('disclosure.oversee')) OR (SELECT access_may('disclosure.approve'))
        OR ((SELECT access_may('figures.publish')) AND d.item = 'overview')
        OR ((SELECT access_may('disclosure.propose')) AND d.proposed_by = (SELECT access_actor())))));

CREATE POLICY inside_seal ON disclosure_envelope FOR INSERT TO meldpunt_desk
WITH CHECK (state = 'waiting' AND attempts = 0 AND settled_at IS NULL
    AND NOT EXISTS (SELECT FROM disclosure_version v WHERE v.disclosure_id = disclosure_envelope.disclosure_id)
    AND EXISTS (SELECT FROM disclosure_disclosure d WHERE d.id = disclosure_id AND d.state = 'delivered'
        AND coalesce(d.approved_by, d.decided_by) = (SELECT access_actor())));

CREATE POLICY inside_withdraw ON disclosure_envelope FOR UPDATE TO meldpunt_desk
USING (state = 'waiting' AND EXISTS (SELECT FROM disclosure_disclosure d WHERE d.id = disclosure_id
    AND d.state = 'withdrawn' AND d.withdrawn_by = (SELECT access_actor())))
WITH CHECK (state = 'withdrawn');

-- Whoever oversees what was told says in their own name that somebody was reached another way; nothing else moves.
CREATE POLICY inside_settle ON disclosure_envelope FOR UPDATE TO meldpunt_desk
USING ((SELECT access_may('disclosure.oversee')) AND trouble <> '' AND settled_at IS NULL)
WITH CHECK (settled_by = (SELECT access_actor()));

CREATE POLICY jobs_deliver ON disclosure_envelope TO meldpunt_jobs
USING ((SELECT access_may('disclosure.deliver')));
