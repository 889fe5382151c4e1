-- The desk sees advice whole. Its organisation sees that it is there, once it was told and while that stands; the words
-- it reads from the delivery, hence the column grants.
GRANT SELECT, INSERT, UPDATE (state, disclosure_id) ON advice_advice TO meldpunt_desk;
GRANT SELECT ON advice_advice TO meldpunt_jobs;
GRANT SELECT (id, organisation_id, due_on, disclosure_id) ON advice_advice TO meldpunt_portal;

CREATE POLICY desk_reads ON advice_advice FOR SELECT TO meldpunt_desk
USING ((SELECT access_may('advice.read')));

CREATE POLICY jobs_read ON advice_advice FOR SELECT TO meldpunt_jobs
USING ((SELECT access_may('advice.read')));

CREATE POLICY portal_its_own ON advice_advice FOR SELECT TO meldpunt_portal
USING ((SELECT access_may('advice.answer')) AND organisation_id = (SELECT access_organisation())
    AND disclosure_id IN (SELECT disclosure_id FROM disclosure_reader)
    AND EXISTS (SELECT FROM disclosure_disclosure d
        WHERE d.id = advice_advice.disclosure_id AND d.state = 'delivered'));

CREATE POLICY desk_writes ON advice_advice FOR INSERT TO meldpunt_desk
WITH CHECK ((SELECT access_may('advice.write')) AND written_by = (SELECT access_actor())
    AND state = 'draft' AND disclosure_id IS NULL);

CREATE POLICY desk_moves ON advice_advice FOR UPDATE TO meldpunt_desk
USING ((SELECT access_may('advice.write')));
