-- Versions are added in one's own name and never changed.
GRANT SELECT, INSERT ON triage_scaling TO meldpunt_desk;

CREATE POLICY desk_reads ON triage_scaling FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('triage.read')));

CREATE POLICY desk_places ON triage_scaling FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('triage.decide')) AND by = (SELECT access_actor()));
