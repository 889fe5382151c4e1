-- Whom mail can reach at these organisations, for whoever seals a disclosure: hours and the state of the keys on file,
-- and neither an address nor a name. Which state a key is in is decided outside, from the same instants as everywhere.
CREATE FUNCTION constituency_ways(asked uuid[])
RETURNS TABLE (organisation uuid, contact uuid, hours text, verified_at timestamptz, revoked_at timestamptz,
    valid_until timestamptz, has_key boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
BEGIN ATOMIC
  SELECT c.organisation_id, c.id, c.hours::text, k.verified_at, k.revoked_at, k.valid_until, k.id IS NOT NULL
    FROM constituency_contact c LEFT JOIN constituency_key k ON k.contact_id = c.id
   WHERE access_may('disclosure.propose') AND c.organisation_id = ANY (asked) AND c.mail <> '';
END;

-- How many contacts have a key that can be used, for the word of warning where no mail server is set.
CREATE FUNCTION constituency_count_keys()
RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
BEGIN ATOMIC
  SELECT count(DISTINCT k.contact_id) FROM constituency_key k
   WHERE (access_may('disclosure.oversee') OR access_may('disclosure.deliver'))
     AND k.verified_at IS NOT NULL AND k.revoked_at IS NULL AND (k.valid_until IS NULL OR k.valid_until > now());
END;

REVOKE ALL ON FUNCTION constituency_ways, constituency_count_keys FROM PUBLIC;
GRANT EXECUTE ON FUNCTION constituency_ways, constituency_count_keys TO meldpunt_desk, meldpunt_jobs;
