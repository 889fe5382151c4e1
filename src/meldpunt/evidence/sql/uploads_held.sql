-- How many bytes came in of files that nobody sent yet: what is asked before more is taken. It runs as the owner, because each
-- door sees its own holder's alone, and says one number.
CREATE FUNCTION evidence_uploads_held() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT coalesce(sum(u."offset"), 0)::bigint FROM evidence_upload u WHERE (SELECT access_may('evidence.seal'))
$$;

REVOKE ALL ON FUNCTION evidence_uploads_held FROM PUBLIC;
GRANT EXECUTE ON FUNCTION evidence_uploads_held TO meldpunt_portal, meldpunt_public;
