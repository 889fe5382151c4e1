-- The desk reads what sorts its queue. Nobody writes it: the triggers of sql/lines.sql do, as the owner.
GRANT SELECT ON triage_line TO meldpunt_desk;

CREATE POLICY desk_reads ON triage_line FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('triage.read')));

CREATE POLICY owner_keeps ON triage_line TO meldpunt_owner USING (true) WITH CHECK (true);
