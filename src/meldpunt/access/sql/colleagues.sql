-- The people of the desk know each other by name: whose deed something was, of many at once. It runs as the owner, for
-- an account shows only to who names it; it asks for the permission itself, and gives the name and nothing else.
CREATE FUNCTION access_colleagues(accounts uuid[]) RETURNS TABLE (account uuid, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT a.id, a.name::text FROM access_account AS a
    WHERE (SELECT access_may('colleague.read')) AND a.door = 'desk' AND a.id = ANY (accounts)
$$;

REVOKE ALL ON FUNCTION access_colleagues FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_colleagues TO meldpunt_desk;
