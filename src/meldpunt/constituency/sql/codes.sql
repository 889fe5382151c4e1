-- For whom somebody may come in, by its code: who manages accounts knows no more of an organisation. It runs as the
-- owner and asks for the permission itself.
CREATE FUNCTION constituency_codes(wanted uuid[], called text) RETURNS TABLE (organisation uuid, code text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT o.id, o.code::text FROM constituency_organisation AS o
    WHERE (SELECT access_may('account.manage') OR access_may('account.approve')) AND (o.id = ANY (wanted) OR upper(o.code) = upper(called))
$$;

REVOKE ALL ON FUNCTION constituency_codes FROM PUBLIC;
GRANT EXECUTE ON FUNCTION constituency_codes TO meldpunt_desk, meldpunt_jobs;
