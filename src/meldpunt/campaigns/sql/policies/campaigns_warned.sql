-- Which disclosure told about which package; never changed, and only within a wave of one's own.
GRANT SELECT, INSERT ON campaigns_warned TO meldpunt_desk;

CREATE POLICY desk_reads ON campaigns_warned FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('campaign.read')));

CREATE POLICY desk_adds ON campaigns_warned FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('campaign.run'))
    AND EXISTS (SELECT FROM campaigns_wave w WHERE w.id = wave_id AND w.sent_by = (SELECT access_actor())));
