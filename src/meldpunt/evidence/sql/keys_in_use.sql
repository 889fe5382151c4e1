-- The names of the keys that items are sealed under, which say nothing about the keys. It runs as the owner, because every door
-- seals and none outside reads a row: a door that finds a key gone makes no new one. From name to name by the index.
CREATE FUNCTION evidence_keys_in_use() RETURNS text []
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    WITH RECURSIVE found AS (
        (SELECT store FROM evidence_key ORDER BY store LIMIT 1)
        UNION ALL
        SELECT (SELECT k.store FROM evidence_key k WHERE k.store > f.store ORDER BY k.store LIMIT 1)
        FROM found f WHERE f.store IS NOT NULL
    )
    SELECT coalesce(array_agg(store::text), '{}') FROM found WHERE store IS NOT NULL
$$;

REVOKE ALL ON FUNCTION evidence_keys_in_use FROM PUBLIC;
GRANT EXECUTE ON FUNCTION evidence_keys_in_use
TO meldpunt_desk, meldpunt_portal, meldpunt_public, meldpunt_sensor, meldpunt_jobs;
