-- How much a sender did lately, as the one instant until which it is spent (the generic cell rate algorithm, ITU-T I.371):
-- each act moves it on by its share of the term, and one that would move it further than the term from now waits.
-- Unlogged: it survives a restart, it costs no write to the log, and a crash gives everybody a fresh start. Of a sender
-- only a digest is kept, which nobody without the pepper makes of an address.
CREATE UNLOGGED TABLE access_spent (sender bytea PRIMARY KEY, spent_until timestamptz NOT NULL);

-- Does `whose` have an act left, of `most` in `seconds`; how many after this one; and how long until the next (s)?
CREATE FUNCTION access_spend(whose text, most int, seconds int) RETURNS TABLE (is_granted boolean, remaining int, wait double precision)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET client_min_messages = error
AS $$
DECLARE
  moment timestamptz := clock_timestamp();
  step interval := make_interval(secs => seconds::double precision / most);
  term interval := make_interval(secs => seconds);
  digest bytea := (SELECT sha256(pepper || convert_to(whose, 'UTF8')) FROM access_pepper);
  until timestamptz;
BEGIN
  INSERT INTO access_spent AS kept VALUES (digest, moment + step)
  ON CONFLICT (sender) DO UPDATE SET spent_until = greatest(kept.spent_until, moment) + step
  WHERE greatest(kept.spent_until, moment) + step <= moment + term
  RETURNING spent_until INTO until;
  is_granted := FOUND;
  IF NOT FOUND THEN
    SELECT spent_until INTO until FROM access_spent WHERE sender = digest;
  END IF;
  remaining := greatest(0, floor(extract(epoch FROM moment + term - until) / extract(epoch FROM step)));
  wait := greatest(0, extract(epoch FROM until + step - moment - term));
  RETURN NEXT;
END
$$;

-- What counts for nothing any more; for the jobs alone.
CREATE FUNCTION access_forget_spent() RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET client_min_messages = error
AS $$ DELETE FROM access_spent WHERE spent_until < clock_timestamp() $$;

REVOKE ALL ON FUNCTION access_spend, access_forget_spent FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_spend TO meldpunt_public, meldpunt_portal, meldpunt_sensor, meldpunt_jobs;
GRANT EXECUTE ON FUNCTION access_forget_spent TO meldpunt_jobs;
