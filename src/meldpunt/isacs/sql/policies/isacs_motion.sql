-- Who asks, the chair for who asks for a seat, and the desk. A chair reads the name that the asker wrote, and not its
-- id, which is what a session at the portal claims to be: hence the columns. Outside nobody moves a seat.
GRANT SELECT (id, isac, kind, state, asked_at, name, words, hidden, seat, decided_at, decision_reason, done_at)
ON isacs_motion TO meldpunt_portal;
GRANT INSERT ON isacs_motion TO meldpunt_portal;
GRANT UPDATE (state, decided_by, decided_at, decision_reason) ON isacs_motion TO meldpunt_portal, meldpunt_desk;
GRANT SELECT ON isacs_motion TO meldpunt_desk, meldpunt_jobs;
GRANT UPDATE (state, done_at) ON isacs_motion TO meldpunt_jobs;

CREATE POLICY portal_its_own ON isacs_motion FOR SELECT TO meldpunt_portal
USING ((SELECT access_may('isac.speak')) AND organisation = (SELECT access_organisation()));

CREATE POLICY portal_chair_reads ON isacs_motion FOR SELECT TO meldpunt_portal
USING ((SELECT access_may('isac.speak')) AND kind = 'join' AND EXISTS (
    SELECT FROM constituency_membership m WHERE m.isac_id = isacs_motion.isac
        AND m.organisation_id = (SELECT access_organisation()) AND m.chair AND m.member_until IS NULL));

-- A seat is asked for at the table of one's own sector; leaving is decided by who leaves, the rest by a chair.
CREATE POLICY portal_asks ON isacs_motion FOR INSERT TO meldpunt_portal
WITH CHECK ((SELECT access_may('isac.speak')) AND organisation = (SELECT access_organisation())
    AND asked_by = (SELECT access_actor()) AND decided_by IS NULL
    AND asked_at BETWEEN now() - interval '5 minutes' AND clock_timestamp() + interval '5 minutes'
    AND CASE kind
        WHEN 'join' THEN state = 'asked' AND EXISTS (SELECT FROM constituency_isac i WHERE i.id = isacs_motion.isac)
        WHEN 'leave' THEN state = 'granted' AND EXISTS (SELECT FROM constituency_membership m
            WHERE m.isac_id = isacs_motion.isac AND m.organisation_id = (SELECT access_organisation())
                AND m.member_until IS NULL)
        ELSE state = 'granted' AND EXISTS (SELECT FROM constituency_membership m
            WHERE m.isac_id = isacs_motion.isac AND m.organisation_id = (SELECT access_organisation())
                AND m.chair AND m.member_until IS NULL) END);

CREATE POLICY portal_takes_back ON isacs_motion FOR UPDATE TO meldpunt_portal
USING ((SELECT access_may('isac.speak')) AND state = 'asked' AND organisation = (SELECT access_organisation()))
WITH CHECK (state = 'taken-back' AND decided_by IS NULL AND organisation = (SELECT access_organisation()));

-- Of several policies any lets a row through and any lets it be written: so each says in both who it is for.
CREATE POLICY portal_chair_decides ON isacs_motion FOR UPDATE TO meldpunt_portal
USING ((SELECT access_may('isac.speak')) AND state = 'asked' AND kind = 'join' AND EXISTS (
    SELECT FROM constituency_membership m WHERE m.isac_id = isacs_motion.isac
        AND m.organisation_id = (SELECT access_organisation()) AND m.chair AND m.member_until IS NULL))
WITH CHECK (state IN ('granted', 'declined') AND decided_by = (SELECT access_actor()) AND EXISTS (
    SELECT FROM constituency_membership m WHERE m.isac_id = isacs_motion.isac
        AND m.organisation_id = (SELECT access_organisation()) AND m.chair AND m.member_until IS NULL));

CREATE POLICY desk_oversees ON isacs_motion FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('isac.oversee')));

CREATE POLICY desk_decides ON isacs_motion FOR UPDATE TO meldpunt_desk
USING ((SELECT access_may('isac.moderate')) AND state = 'asked')
WITH CHECK (state IN ('granted', 'declined') AND decided_by = (SELECT access_actor()));

CREATE POLICY jobs_carry_out ON isacs_motion FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('isac.release')));

CREATE POLICY jobs_move ON isacs_motion FOR UPDATE TO meldpunt_jobs
USING ((SELECT access_may('isac.release')) AND state = 'granted')
WITH CHECK (state IN ('carried-out', 'lapsed'));
