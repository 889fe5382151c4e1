-- Whoever sees the post it goes with; written with it, and gone with it while it is a draft.
GRANT SELECT, INSERT, DELETE ON isacs_file TO meldpunt_portal;
GRANT SELECT ON isacs_file TO meldpunt_desk, meldpunt_jobs;

CREATE POLICY with_its_post ON isacs_file FOR SELECT TO meldpunt_portal, meldpunt_desk, meldpunt_jobs
USING (EXISTS (SELECT FROM isacs_post p WHERE p.id = isacs_file.post_id));

CREATE POLICY portal_writes ON isacs_file FOR INSERT TO meldpunt_portal
WITH CHECK (EXISTS (SELECT FROM isacs_post p WHERE p.id = isacs_file.post_id AND p.state = 'draft'));

CREATE POLICY portal_throws_away ON isacs_file FOR DELETE TO meldpunt_portal
USING (EXISTS (SELECT FROM isacs_post p WHERE p.id = isacs_file.post_id AND p.state = 'draft'));
