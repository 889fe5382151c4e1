-- The name of the key that items are sealed under, which says nothing about the key; NULL where none was sealed. It runs as
-- the owner, because every door seals and none outside reads a row: a door that finds its key gone makes no new one.
CREATE FUNCTION evidence_key_in_use() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT store FROM evidence_key LIMIT 1 $$;

REVOKE ALL ON FUNCTION evidence_key_in_use FROM PUBLIC;
GRANT EXECUTE ON FUNCTION evidence_key_in_use
TO meldpunt_desk, meldpunt_portal, meldpunt_public, meldpunt_sensor, meldpunt_jobs;
