-- What a decision did with each view: written with the decision by who decides, and never changed.
GRANT SELECT, INSERT ON triage_heeded TO meldpunt_desk;

CREATE POLICY desk_reads ON triage_heeded FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('triage.read')));

CREATE POLICY desk_decides ON triage_heeded FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('triage.decide')) AND EXISTS (
    SELECT FROM triage_decision AS d WHERE d.id = decision_id AND d.by = (SELECT access_actor())));
