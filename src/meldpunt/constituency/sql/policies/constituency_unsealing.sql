-- One unseals for oneself, now, for a working day at most; nobody unseals for another and nothing is prolonged.
GRANT SELECT, INSERT ON constituency_unsealing TO meldpunt_desk;

CREATE POLICY desk_its_own ON constituency_unsealing FOR SELECT TO meldpunt_desk
USING (actor = (SELECT access_actor()));

CREATE POLICY desk_unseals ON constituency_unsealing FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('identity.unseal')) AND actor = (SELECT access_actor())
    AND lapses_at <= now() + interval '8 hours 1 minute' AND lapses_at <= unsealed_at + interval '8 hours');

-- For intake_find_reports alone, which finds by true words what the one who asks unsealed.
CREATE POLICY owner_asks ON constituency_unsealing FOR SELECT TO meldpunt_owner
USING (actor = (SELECT access_actor()));
