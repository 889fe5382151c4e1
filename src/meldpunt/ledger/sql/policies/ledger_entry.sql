-- Entries are only ever added: no door has DELETE or TRUNCATE, and UPDATE only to let a content go. Who adds one adds
-- it in their own name and without a position, which only ledger_sequence() gives.
GRANT INSERT ON ledger_entry TO meldpunt_desk, meldpunt_portal, meldpunt_public, meldpunt_sensor, meldpunt_jobs;
GRANT SELECT ON ledger_entry TO meldpunt_desk, meldpunt_portal, meldpunt_public, meldpunt_jobs;

-- What is shown and proved is the content alone, so what a policy below asks of the row holds for the content as well:
-- it says what the row says, it was committed to, and it happens now. A door cannot smuggle in another's deed.
CREATE POLICY says_what_it_is ON ledger_entry AS RESTRICTIVE FOR INSERT
TO meldpunt_desk, meldpunt_portal, meldpunt_public, meldpunt_sensor, meldpunt_jobs
WITH CHECK (octet_length(salt) = 32 AND erased_at IS NULL AND commitment = sha256(salt || convert_to(content, 'UTF8'))
    AND jsonb_typeof(content::jsonb -> 'details') = 'object'
    AND ROW(content::jsonb ->> 'id', content::jsonb ->> 'kind', content::jsonb ->> 'actor',
            content::jsonb ->> 'subject', content::jsonb ->> 'about', (content::jsonb ->> 'at')::timestamptz,
            (content::jsonb ->> 'readable_from')::timestamptz)
        IS NOT DISTINCT FROM ROW(id::text, kind::text, actor::text, subject::text, about::text, at, readable_from)
    AND at BETWEEN now() - interval '5 minutes' AND clock_timestamp() + interval '5 minutes');

CREATE POLICY record ON ledger_entry FOR INSERT TO meldpunt_desk, meldpunt_jobs
WITH CHECK (actor = (SELECT access_actor()) AND position IS NULL);

-- Outside one writes of what is done outside, and of nobody else: no door but the desk can say that it decided, or that
-- somebody may not know yet.
-- What somebody reads that was written to them alone is about nobody: colleagues of the same organisation read the rest.
CREATE POLICY portal_records ON ledger_entry FOR INSERT TO meldpunt_portal
WITH CHECK (actor = (SELECT access_actor()) AND position IS NULL AND readable_from IS NULL
    AND (about = (SELECT access_organisation()) OR about IS NULL AND kind IN ('read', 'acknowledged'))
    AND kind IN ('received', 'stage-submitted', 'sealed', 'read', 'acknowledged', 'measure-answered', 'view-given',
        'asked-back', 'requested', 'inquiry-answered', 'key-brought', 'key-revoked', 'new-start-used', 'services-told'));

-- A later stage of a report by its receipt may be about the organisation that reported it.
CREATE POLICY public_records ON ledger_entry FOR INSERT TO meldpunt_public
WITH CHECK (actor = (SELECT access_stranger()) AND position IS NULL AND readable_from IS NULL
    AND (about IS NULL OR (kind = 'stage-submitted' AND receipt_digest = (SELECT access_receipt_digest())))
    AND kind IN ('received', 'stage-submitted', 'sealed', 'read', 'acknowledged', 'requested'));

-- A sighting stands under a name made for it, and of whom a stage is about a machine says nothing.
CREATE POLICY machines_record ON ledger_entry FOR INSERT TO meldpunt_sensor
WITH CHECK (actor = (SELECT access_actor()) AND position IS NULL AND readable_from IS NULL
    AND kind IN ('received', 'stage-submitted', 'sighted', 'sealed', 'read', 'acknowledged')
    AND EXISTS (SELECT FROM access_machinekey k WHERE CASE WHEN kind = 'sighted' THEN about IS NULL
        WHEN kind = 'stage-submitted' THEN k.id = actor AND k.role = 'forwarder' AND about IS NULL
        ELSE k.id = actor AND (about IS NULL OR about = k.organisation) END));

CREATE POLICY inside_read ON ledger_entry FOR SELECT TO meldpunt_desk, meldpunt_jobs
USING ((SELECT access_may('ledger.read')));

-- The organisation that an entry is about may check it, and so may who holds the receipt of the report it is about.
CREATE POLICY portal_own ON ledger_entry FOR SELECT TO meldpunt_portal
USING (about = (SELECT access_organisation()) OR receipt_digest = (SELECT access_receipt_digest()));

CREATE POLICY public_receipt ON ledger_entry FOR SELECT TO meldpunt_public
USING (receipt_digest = (SELECT access_receipt_digest()));

-- Where the law forbids telling for a time, the entry opens by the clock alone; ledger_closed_to_… says how many wait.
CREATE POLICY outside_in_time ON ledger_entry AS RESTRICTIVE FOR SELECT TO meldpunt_portal, meldpunt_public
USING (readable_from IS NULL OR readable_from <= now());

-- What an entry says can be erased on a ground; that there was a deed, and its commitment in the tree, cannot. An
-- erasure, a change of the key and a change of the configuration say nothing about anybody and always stay.
GRANT UPDATE (content, salt, erased_at) ON ledger_entry TO meldpunt_desk;

CREATE POLICY erase ON ledger_entry FOR UPDATE TO meldpunt_desk
USING ((SELECT access_may('ledger.erase')) AND erased_at IS NULL AND position IS NOT NULL
    AND kind NOT IN ('erased', 'key-rotated', 'configured'))
WITH CHECK (content = '' AND salt = '' AND erased_at BETWEEN now() AND clock_timestamp() + interval '5 minutes'
    AND ledger_is_erasure_recorded(id));

-- ledger_sequence() runs as the owner.
CREATE POLICY owner_reads ON ledger_entry FOR SELECT TO meldpunt_owner USING (true);
CREATE POLICY owner_sequences ON ledger_entry FOR UPDATE TO meldpunt_owner USING (position IS NULL) WITH CHECK (true);
