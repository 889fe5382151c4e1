-- That a ministry is asked to step in is told by the disclosure, once a second person agreed; this row is the desk's.
GRANT SELECT, INSERT ON advice_escalation TO meldpunt_desk;

CREATE POLICY desk_reads ON advice_escalation FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('advice.read')));

CREATE POLICY desk_escalates ON advice_escalation FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('advice.escalate')) AND requested_by = (SELECT access_actor()));
