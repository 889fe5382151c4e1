-- A package tells who is hit: the desk packs and reads it, its organisation gets a copy through the door. Never changed.
GRANT SELECT, INSERT ON campaigns_package TO meldpunt_desk;

CREATE POLICY desk_reads ON campaigns_package FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('campaign.read')));

CREATE POLICY desk_adds ON campaigns_package FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('campaign.run')) AND EXISTS (SELECT FROM campaigns_campaign c
    WHERE c.id = campaign_id AND c.prepared_by = (SELECT access_actor()) AND c.state = 'prepared'));
