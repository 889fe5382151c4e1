-- That a report was published; its words are with the disclosures.
GRANT SELECT, INSERT ON response_situationreport TO meldpunt_desk;

CREATE POLICY desk_reads ON response_situationreport FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('response.read')));

CREATE POLICY desk_adds ON response_situationreport FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('response.lead'))
    AND published_by = (SELECT access_actor())
    AND EXISTS (SELECT FROM response_activation a WHERE a.id = activation_id AND a.ended_at IS NULL));
