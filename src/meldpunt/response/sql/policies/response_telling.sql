-- Which disclosure told which member.
GRANT SELECT, INSERT ON response_telling TO meldpunt_desk;

CREATE POLICY desk_reads ON response_telling FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('response.read')));

CREATE POLICY desk_adds ON response_telling FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('response.lead'))
    AND EXISTS (SELECT FROM response_situationreport r
        WHERE r.id = report_id AND r.published_by = (SELECT access_actor())));
