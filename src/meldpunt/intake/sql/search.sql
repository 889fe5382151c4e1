-- Text search for the desk. A query under a row policy cannot use the trigram index (`~~*` is not leakproof, so it
-- may not run before the policy); this function runs as the owner, asks for the permission itself, and gives ids only.
-- Everybody finds by the masked words. By the true ones is found what is not sealed for who asks: the condition is
-- that of intake_words, because a guess that hits would tell the name as well as a page that shows it.
CREATE INDEX report_words ON intake_report
USING gin ((reference || ' ' || title || ' ' || left(text, 8000)) gin_trgm_ops);

CREATE INDEX words_searched ON intake_words
USING gin ((title || ' ' || left(text, 8000)) gin_trgm_ops) WHERE stage_id IS NULL;

CREATE FUNCTION intake_find_reports(pattern text) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
    SELECT id FROM intake_report
    WHERE (SELECT access_may('report.read'))
    AND reference || ' ' || title || ' ' || left(text, 8000) ILIKE pattern
    UNION
    SELECT words.report_id FROM intake_words AS words JOIN intake_report AS report ON report.id = words.report_id
    WHERE (SELECT access_may('report.read')) AND words.stage_id IS NULL
    AND words.title || ' ' || left(words.text, 8000) ILIKE pattern
    AND CASE WHEN report.organisation_id IS NULL THEN (SELECT access_may('report.complete'))
        ELSE report.organisation_id IN (
            SELECT organisation_id FROM constituency_unsealing
            WHERE actor = (SELECT access_actor()) AND lapses_at > now())
        END
$$;

REVOKE ALL ON FUNCTION intake_find_reports FROM PUBLIC;
GRANT EXECUTE ON FUNCTION intake_find_reports TO meldpunt_desk, meldpunt_jobs;
