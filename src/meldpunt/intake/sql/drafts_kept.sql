-- How many drafts that nobody sent are kept, and how many of them were begun from one place: what is asked before another one
-- is begun. It runs as the owner, because each door sees its own holder's alone, and says two numbers.
CREATE FUNCTION intake_drafts_kept(place bytea) RETURNS TABLE (in_all bigint, there bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT count(*), count(*) FILTER (WHERE d.origin = place) FROM intake_draft d
    WHERE (SELECT access_may('report.submit')) AND NOT d.is_sent
$$;

REVOKE ALL ON FUNCTION intake_drafts_kept FROM PUBLIC;
GRANT EXECUTE ON FUNCTION intake_drafts_kept TO meldpunt_desk, meldpunt_portal, meldpunt_public;
