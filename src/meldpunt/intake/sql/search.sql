-- Text search for the desk. A query under a row policy cannot use the trigram index (`~~*` is not leakproof, so it
-- may not run before the policy); this function runs as the owner, asks for the permission itself, and gives ids only.
CREATE INDEX report_words ON intake_report
USING gin ((reference || ' ' || title || ' ' || left(text, 8000)) gin_trgm_ops);

CREATE FUNCTION intake_find_reports(pattern text) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
    SELECT id FROM intake_report
    WHERE (SELECT access_may('report.read'))
    AND reference || ' ' || title || ' ' || left(text, 8000) ILIKE pattern
$$;

REVOKE ALL ON FUNCTION intake_find_reports FROM PUBLIC;
GRANT EXECUTE ON FUNCTION intake_find_reports TO meldpunt_desk, meldpunt_jobs;
