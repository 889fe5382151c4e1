-- Who sent, when and why; never changed.
GRANT SELECT, INSERT ON campaigns_wave TO meldpunt_desk;

CREATE POLICY desk_reads ON campaigns_wave FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('campaign.read')));

CREATE POLICY desk_adds ON campaigns_wave FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('campaign.run')) AND sent_by = (SELECT access_actor()));
