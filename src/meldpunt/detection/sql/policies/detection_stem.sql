-- From which reports an indicator stems: inside only. Whoever names a report must be able to see it.
GRANT SELECT, INSERT ON detection_stem TO meldpunt_desk;

CREATE POLICY desk_reads ON detection_stem FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('indicator.read')));

CREATE POLICY desk_adds ON detection_stem FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('indicator.disclose'))
    AND EXISTS (SELECT FROM intake_report r WHERE r.id = report_id));
