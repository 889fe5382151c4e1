-- What went out. A sensor sees the rows of disclosures that were delivered to its participant and not withdrawn:
-- disclosure_reader and disclosure_disclosure show it only those.
GRANT SELECT, INSERT ON detection_told TO meldpunt_desk;
GRANT SELECT ON detection_told TO meldpunt_sensor;

CREATE POLICY desk_reads ON detection_told FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('indicator.read')));

CREATE POLICY desk_adds ON detection_told FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('indicator.disclose'))
    AND EXISTS (SELECT FROM disclosure_disclosure d WHERE d.id = disclosure_id
        AND d.proposed_by = (SELECT access_actor()) AND d.item = 'indicators'));

CREATE POLICY sensor_told ON detection_told FOR SELECT TO meldpunt_sensor
USING ((SELECT access_may('sighting.post'))
    AND disclosure_id IN (SELECT disclosure_id FROM disclosure_reader)
    AND EXISTS (SELECT FROM disclosure_disclosure d
        WHERE d.id = detection_told.disclosure_id AND d.state = 'delivered'));
