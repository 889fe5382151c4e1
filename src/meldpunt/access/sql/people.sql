-- Who may come in, for who manages accounts: all but the password, and of a contact not the address, which would name
-- the organisation behind the code. An account shows only to who names it, so both run as the owner, ask for the
-- permission themselves, and do one thing.
CREATE FUNCTION access_people() RETURNS TABLE (account uuid, email text, name text, door text, roles text[],
    organisation uuid, is_active boolean, last_login timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT a.id, CASE WHEN a.door = 'desk' THEN a.email::text ELSE '' END, a.name::text, a.door::text, a.roles::text[], a.organisation, a.is_active, a.last_login
    FROM access_account AS a WHERE (SELECT access_may('account.manage'))
$$;

CREATE FUNCTION access_close(closing uuid, closed boolean) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    UPDATE access_account AS a SET is_active = NOT closed
    WHERE (SELECT access_may('account.manage')) AND a.id = closing AND a.id <> (SELECT access_actor())
    RETURNING true
$$;

REVOKE ALL ON FUNCTION access_people, access_close FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_people, access_close TO meldpunt_desk, meldpunt_jobs;
