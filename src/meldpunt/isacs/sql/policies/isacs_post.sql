-- Its author's own organisation and the desk, and nobody else: the others read a disclosure, which does not say whose.
-- A draft is not yet anybody's business but its author's. The words are written once.
GRANT SELECT, INSERT, DELETE ON isacs_post TO meldpunt_portal;
GRANT UPDATE (state, sent_at, withdrawal_at, withdrawal_reason) ON isacs_post TO meldpunt_portal;
GRANT SELECT ON isacs_post TO meldpunt_desk, meldpunt_jobs;
GRANT UPDATE (go_at, urgent_by, urgent_reason, state, withdrawal_at, withdrawal_reason) ON isacs_post TO meldpunt_desk;
GRANT UPDATE (state, disclosure, told_at) ON isacs_post TO meldpunt_jobs;

CREATE POLICY portal_its_own ON isacs_post FOR SELECT TO meldpunt_portal
USING ((SELECT access_may('isac.speak')) AND organisation = (SELECT access_organisation()));

-- Who sits there now: constituency_membership shows the portal its own seats.
CREATE POLICY portal_writes ON isacs_post FOR INSERT TO meldpunt_portal
WITH CHECK ((SELECT access_may('isac.speak')) AND organisation = (SELECT access_organisation())
    AND written_by = (SELECT access_actor()) AND state = 'draft' AND sent_at IS NULL AND go_at IS NULL
    AND written_at BETWEEN now() - interval '5 minutes' AND clock_timestamp() + interval '5 minutes'
    AND EXISTS (SELECT FROM constituency_membership m WHERE m.isac_id = isacs_post.isac
        AND m.organisation_id = (SELECT access_organisation()) AND m.member_until IS NULL));

-- That a post is told, and when, is for the platform to say; a time that lies behind would let it go in an earlier round.
CREATE POLICY portal_moves ON isacs_post FOR UPDATE TO meldpunt_portal
USING ((SELECT access_may('isac.speak')) AND organisation = (SELECT access_organisation())
    AND state IN ('draft', 'waiting', 'told'))
WITH CHECK (organisation = (SELECT access_organisation()) AND (
    (state = 'waiting' AND sent_at BETWEEN now() - interval '5 minutes' AND clock_timestamp() + interval '5 minutes')
    OR state = 'taken-back'
    OR (state = 'withdrawing' AND withdrawal_at > now() - interval '5 minutes')));

CREATE POLICY portal_throws_away ON isacs_post FOR DELETE TO meldpunt_portal
USING ((SELECT access_may('isac.speak')) AND organisation = (SELECT access_organisation()) AND state = 'draft');

CREATE POLICY desk_oversees ON isacs_post FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('isac.oversee')) AND state <> 'draft');

CREATE POLICY desk_moderates ON isacs_post FOR UPDATE TO meldpunt_desk
USING ((SELECT access_may('isac.moderate')) AND state IN ('waiting', 'told', 'withdrawing'))
WITH CHECK ((state = 'waiting' AND (go_at IS NULL OR urgent_by = (SELECT access_actor())))
    OR state IN ('refused', 'withdrawn'));

CREATE POLICY jobs_release ON isacs_post FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('isac.release')) AND state <> 'draft');

CREATE POLICY jobs_move ON isacs_post FOR UPDATE TO meldpunt_jobs
USING ((SELECT access_may('isac.release')) AND state IN ('waiting', 'withdrawing'))
WITH CHECK (state IN ('told', 'refused', 'withdrawn'));
