-- A campaign names no victim, but its feed may: for who runs or reads campaigns at the desk, and nobody outside.
GRANT SELECT, INSERT, UPDATE (state) ON campaigns_campaign TO meldpunt_desk;

CREATE POLICY desk_reads ON campaigns_campaign FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('campaign.read')));

CREATE POLICY desk_adds ON campaigns_campaign FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('campaign.run')) AND prepared_by = (SELECT access_actor()) AND state = 'prepared');

CREATE POLICY desk_moves ON campaigns_campaign FOR UPDATE TO meldpunt_desk
USING ((SELECT access_may('campaign.run')));
