-- Whoever works on what an item belongs to says when that ended; it tells nobody anything but when.
GRANT SELECT, INSERT, UPDATE (ended_at) ON evidence_ending TO meldpunt_desk, meldpunt_jobs;

CREATE POLICY inside_read ON evidence_ending FOR SELECT TO meldpunt_desk, meldpunt_jobs
USING ((SELECT access_may('evidence.seal')));

CREATE POLICY inside_say ON evidence_ending FOR INSERT TO meldpunt_desk, meldpunt_jobs
WITH CHECK ((SELECT access_may('evidence.seal')));

CREATE POLICY inside_say_again ON evidence_ending FOR UPDATE TO meldpunt_desk, meldpunt_jobs
USING ((SELECT access_may('evidence.seal')));
