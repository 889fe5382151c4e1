-- Which of these organisations have a machine that fetches what is told to them, for whoever seals: that there is one, and
-- not which. A key shows only to who shows it, so this runs as the owner and asks for the permission itself.
CREATE FUNCTION access_fetching(asked uuid[]) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT DISTINCT k.organisation FROM access_machinekey AS k
    WHERE (SELECT access_may('disclosure.propose')) AND k.organisation = ANY (asked) AND k.role = 'reader'
        AND k.revoked_at IS NULL AND k.expires_at > now()
$$;

REVOKE ALL ON FUNCTION access_fetching FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_fetching TO meldpunt_desk, meldpunt_jobs;
