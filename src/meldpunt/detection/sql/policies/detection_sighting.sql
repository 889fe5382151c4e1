-- Posted by a sensor, for what it was told; read by the desk, and by no sensor: not even its own, because a row says
-- nothing of whose it is.
GRANT SELECT ON detection_sighting TO meldpunt_desk;
GRANT INSERT ON detection_sighting TO meldpunt_sensor;

CREATE POLICY desk_reads ON detection_sighting FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('indicator.read')));

CREATE POLICY sensor_posts ON detection_sighting FOR INSERT TO meldpunt_sensor
WITH CHECK ((SELECT access_may('sighting.post')) AND EXISTS (SELECT FROM detection_indicator i
    WHERE i.id = indicator_id));

-- For detection_count_observers alone.
CREATE POLICY owner_counts ON detection_sighting FOR SELECT TO meldpunt_owner USING (true);
