-- The desk writes and reads indicators; a sensor knows those that were told to its participant, without their case.
GRANT SELECT, INSERT ON detection_indicator TO meldpunt_desk;
GRANT SELECT (id, kind, value) ON detection_indicator TO meldpunt_sensor;

CREATE POLICY desk_reads ON detection_indicator FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('indicator.read')));

CREATE POLICY desk_adds ON detection_indicator FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('indicator.disclose')) AND created_by = (SELECT access_actor())
    AND (case_id IS NULL OR EXISTS (SELECT FROM cases_case c WHERE c.id = case_id)));

CREATE POLICY sensor_told ON detection_indicator FOR SELECT TO meldpunt_sensor
USING ((SELECT access_may('sighting.post')) AND EXISTS (SELECT FROM detection_told t
    WHERE t.indicator_id = detection_indicator.id));
