-- How somebody proves who they are. A door asks these and reads nothing of what they compare: it derives the slow hash
-- of what was typed (with a salt that follows from the address, whether anybody has it or not), offers that as a guess,
-- commits, and asks for the answer. Only committed guesses are answered and all of them count, so that whoever has
-- the password of a door guesses no faster than a visitor. Digests are compared, never what they are of: how long that
-- takes tells nothing. No message leaves them: a plan that somebody has printed would show what is compared.

CREATE FUNCTION access_salt(at_door text, address text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET client_min_messages = error
AS $$ SELECT left(encode(sha256(pepper || convert_to(at_door || ':' || lower(address), 'UTF8')), 'hex'), 32) FROM access_pepper $$;

-- The parameters of every slow hash in use: the same for whoever asks, so they say nothing of one account.
CREATE FUNCTION access_parameters() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET client_min_messages = error
AS $$ SELECT DISTINCT parameters FROM access_password ORDER BY parameters LIMIT 3 $$;

-- One guess an offer: of a password one with each of the parameters in use, which a door cannot tell apart; of a code one.
-- A known browser's guesses are counted apart; of one that is not known nothing is kept, as if it had brought nothing.
CREATE FUNCTION access_offer(offered uuid, of_kind text, of_name text, guesses bytea[], brought text DEFAULT '') RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET client_min_messages = error
AS $$
    INSERT INTO access_guess (id, kind, name, digests, at, made_in, device)
    SELECT offered, of_kind, lower(of_name), ARRAY(SELECT sha256(one) FROM unnest(guesses) AS one LIMIT CASE of_kind WHEN 'password' THEN (SELECT greatest(count(*), 1) FROM access_parameters()) ELSE 1 END), clock_timestamp(), pg_current_xact_id(),
        (SELECT d.digest FROM access_device AS d JOIN access_account AS a ON a.id = d.account
         WHERE d.digest = sha256(convert_to(brought, 'UTF8')) AND d.ends_at > clock_timestamp() AND lower(of_name) = CASE of_kind WHEN 'password' THEN a.door || ':' || a.email WHEN 'code' THEN a.id::text END)
$$;

-- May this guess be answered? 'wrong' where it was not committed, is old, was right before, or is for another;
-- 'busy' after five that were wrong in six minutes for one name, or ten a minute from one address. Known browsers have a
-- count each, and all others one together. A code with which somebody begins anew is too long to guess: it blocks nobody.
CREATE FUNCTION access_weighed(offered uuid, of_kind text, of_name text, from_address text) RETURNS text
LANGUAGE sql VOLATILE
AS $$
    SELECT CASE
        WHEN NOT EXISTS (SELECT FROM public.access_guess WHERE id = offered AND kind = of_kind AND name = lower(of_name) AND NOT was_right AND made_in <> pg_current_xact_id() AND at > clock_timestamp() - interval '1 minute') THEN 'wrong'
        WHEN of_kind <> 'start' AND (SELECT count(*) FROM public.access_guess AS g WHERE g.kind = of_kind AND g.name = lower(of_name) AND NOT g.was_right AND g.at > clock_timestamp() - interval '6 minutes'
            AND g.device IS NOT DISTINCT FROM (SELECT this.device FROM public.access_guess AS this WHERE this.id = offered)) > 5 THEN 'busy'
        WHEN (SELECT count(*) FROM public.access_failure WHERE address = from_address AND at > clock_timestamp() - interval '1 minute') >= 10 THEN 'busy'
        ELSE 'answer'
    END
$$;

-- Whose session a key opens, and what it still asks: a 'code', a second 'factor' to set up, or nothing.
CREATE FUNCTION access_session_of(key text) RETURNS TABLE (account uuid, door text, email text, name text, roles text[], organisation uuid, language text, asks text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET client_min_messages = error
AS $$
    SELECT a.id, a.door::text, a.email::text, a.name::text, a.roles::text[], a.organisation, a.language::text,
        CASE WHEN s.code_at IS NOT NULL THEN '' WHEN EXISTS (SELECT FROM access_factor AS f WHERE f.account = a.id) THEN 'code' WHEN a.door = 'desk' THEN 'factor' ELSE '' END
    FROM access_session AS s JOIN access_account AS a ON a.id = s.account
    WHERE s.digest = sha256(convert_to(key, 'UTF8')) AND s.ends_at > clock_timestamp() AND a.is_active
$$;

-- Opens a session for ten hours. Answers 'open', 'wrong', 'busy', or 'closed' to who knows the password of a closed account.
CREATE FUNCTION access_open_session(offered uuid, at_door text, address text, key text, from_address text) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET client_min_messages = error
AS $$
DECLARE
  answer text := access_weighed(offered, 'password', at_door || ':' || address, from_address);
  opening record;
BEGIN
  IF answer <> 'answer' THEN RETURN answer; END IF;
  UPDATE access_guess AS g SET was_right = true FROM access_account AS a JOIN access_password AS p ON p.account = a.id
  WHERE g.id = offered AND a.email = lower(address) AND a.door = at_door AND p.verifier = ANY (g.digests)
  RETURNING a.id, a.is_active INTO opening;
  IF NOT FOUND THEN
    INSERT INTO access_failure VALUES (from_address, clock_timestamp());
    RETURN 'wrong';
  END IF;
  IF NOT opening.is_active THEN RETURN 'closed'; END IF;
  INSERT INTO access_session VALUES (sha256(convert_to(key, 'UTF8')), opening.id, clock_timestamp() + interval '10 hours');
  UPDATE access_account SET last_login = clock_timestamp() WHERE id = opening.id;
  RETURN 'open';
END
$$;

-- The browser of a session that is open whole is known for ninety days: once for each session, so that whoever has a session
-- counts their guesses no more often, and the last ten of an account.
CREATE FUNCTION access_remember_device(key text, brought text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET client_min_messages = error
AS $$
DECLARE
  whose uuid := (SELECT account FROM access_session_of(key) WHERE asks = '');
BEGIN
  UPDATE access_session SET device_at = clock_timestamp() WHERE digest = sha256(convert_to(key, 'UTF8')) AND account = whose AND device_at IS NULL;
  IF NOT FOUND OR length(brought) NOT BETWEEN 40 AND 100 THEN RETURN false; END IF;
  INSERT INTO access_device VALUES (sha256(convert_to(brought, 'UTF8')), whose, clock_timestamp() + interval '90 days')
  ON CONFLICT (digest, account) DO UPDATE SET ends_at = excluded.ends_at;
  DELETE FROM access_device WHERE account = whose AND digest NOT IN (SELECT d.digest FROM access_device AS d WHERE d.account = whose ORDER BY d.ends_at DESC LIMIT 10);
  RETURN true;
END
$$;

-- A code of the app opens once, and one of recovery as well; 'open', 'wrong' or 'busy'. For proving.sql alone.
CREATE FUNCTION access_code_fits(offered uuid, whose uuid, from_address text) RETURNS text
LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
  answer text := public.access_weighed(offered, 'code', whose::text, from_address);
BEGIN
  IF answer <> 'answer' THEN RETURN answer; END IF;
  PERFORM FROM public.access_factor AS f WHERE f.account = whose FOR UPDATE;
  WITH fitting AS MATERIALIZED (
    SELECT f.account, public.access_interval_of(f.secret, g.digests) AS counted
    FROM public.access_factor AS f, public.access_guess AS g WHERE f.account = whose AND g.id = offered
  )
  UPDATE public.access_factor AS f SET used_until = fitting.counted FROM fitting
  WHERE f.account = fitting.account AND fitting.counted > f.used_until;
  IF NOT FOUND THEN
    DELETE FROM public.access_recovery AS r USING public.access_guess AS g
    WHERE g.id = offered AND r.account = whose AND r.digest = ANY (g.digests);
  END IF;
  IF NOT FOUND THEN
    INSERT INTO public.access_failure VALUES (from_address, clock_timestamp());
    RETURN 'wrong';
  END IF;
  UPDATE public.access_guess SET was_right = true WHERE id = offered;
  RETURN 'open';
END
$$;

CREATE FUNCTION access_pass_code(offered uuid, key text, from_address text) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET client_min_messages = error
AS $$
DECLARE
  whose uuid := (SELECT account FROM access_session_of(key) WHERE asks = 'code');
  answer text;
BEGIN
  IF whose IS NULL THEN RETURN 'wrong'; END IF;
  answer := access_code_fits(offered, whose, from_address);
  IF answer = 'open' THEN
    UPDATE access_session SET code_at = clock_timestamp() WHERE digest = sha256(convert_to(key, 'UTF8'));
  END IF;
  RETURN answer;
END
$$;

CREATE FUNCTION access_end_session(key text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET client_min_messages = error
AS $$ DELETE FROM access_session WHERE digest = sha256(convert_to(key, 'UTF8')) $$;

-- A new password asks for the old one, offered as to log in, and ends every other session of the account.
CREATE FUNCTION access_change_password(offered uuid, key text, new_parameters text, new_hash bytea, from_address text) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET client_min_messages = error
AS $$
DECLARE
  held record;
  answer text;
BEGIN
  SELECT account, door, email INTO held FROM access_session_of(key) WHERE asks = '';
  IF NOT FOUND THEN RETURN 'wrong'; END IF;
  answer := access_weighed(offered, 'password', held.door || ':' || held.email, from_address);
  IF answer <> 'answer' THEN RETURN answer; END IF;
  UPDATE access_password AS p SET parameters = new_parameters, verifier = sha256(new_hash) FROM access_guess AS g
  WHERE g.id = offered AND p.account = held.account AND p.verifier = ANY (g.digests);
  IF NOT FOUND THEN
    INSERT INTO access_failure VALUES (from_address, clock_timestamp());
    RETURN 'wrong';
  END IF;
  UPDATE access_guess SET was_right = true WHERE id = offered;
  DELETE FROM access_session WHERE account = held.account AND digest <> sha256(convert_to(key, 'UTF8'));
  RETURN 'open';
END
$$;

-- A first second factor, of who came in with a password and shows a code of it; with what recovers it.
CREATE FUNCTION access_enrol_factor(key text, new_secret bytea, code text, recovery bytea[]) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET client_min_messages = error
AS $$
DECLARE
  whose uuid := (SELECT account FROM access_session_of(key) WHERE asks <> 'code');
  used bigint := access_interval_of(new_secret, ARRAY[sha256(convert_to(code, 'UTF8'))]);
BEGIN
  IF whose IS NULL OR used IS NULL THEN RETURN false; END IF;
  INSERT INTO access_factor VALUES (whose, new_secret, used) ON CONFLICT (account) DO NOTHING;
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO access_recovery SELECT whose, sha256(one) FROM unnest(recovery) AS one;
  UPDATE access_session SET code_at = clock_timestamp() WHERE digest = sha256(convert_to(key, 'UTF8'));
  DELETE FROM access_session WHERE account = whose AND digest <> sha256(convert_to(key, 'UTF8'));
  RETURN true;
END
$$;

-- New recovery codes, of who shows a code.
CREATE FUNCTION access_renew_recovery(offered uuid, key text, recovery bytea[], from_address text) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET client_min_messages = error
AS $$
DECLARE
  whose uuid := (SELECT account FROM access_session_of(key) WHERE asks = '');
  answer text;
BEGIN
  IF whose IS NULL THEN RETURN 'wrong'; END IF;
  answer := access_code_fits(offered, whose, from_address);
  IF answer = 'open' THEN
    DELETE FROM access_recovery WHERE account = whose;
    INSERT INTO access_recovery SELECT whose, sha256(one) FROM unnest(recovery) AS one;
  END IF;
  RETURN answer;
END
$$;

-- The second factor goes, with what recovers it and every other session, of who shows a code.
CREATE FUNCTION access_drop_factor(offered uuid, key text, from_address text) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET client_min_messages = error
AS $$
DECLARE
  whose uuid := (SELECT account FROM access_session_of(key) WHERE asks = '');
  answer text;
BEGIN
  IF whose IS NULL THEN RETURN 'wrong'; END IF;
  answer := access_code_fits(offered, whose, from_address);
  IF answer = 'open' THEN
    DELETE FROM access_recovery WHERE account = whose;
    DELETE FROM access_factor WHERE account = whose;
    DELETE FROM access_session WHERE account = whose AND digest <> sha256(convert_to(key, 'UTF8'));
    UPDATE access_session SET code_at = NULL WHERE account = whose;
  END IF;
  RETURN answer;
END
$$;

-- How one's own account stands: whether it has a second factor, and how many codes are left that recover it.
CREATE FUNCTION access_factor_of(key text) RETURNS TABLE (has_factor boolean, codes_left bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET client_min_messages = error
AS $$
    SELECT EXISTS (SELECT FROM access_factor AS f WHERE f.account = s.account), (SELECT count(*) FROM access_recovery AS r WHERE r.account = s.account)
    FROM access_session_of(key) AS s WHERE s.asks = ''
$$;

-- An account that was just made gets its first password. What has one keeps it: also who manages accounts replaces none.
CREATE FUNCTION access_give_password(whose uuid, first_parameters text, first_hash bytea) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET client_min_messages = error
AS $$
    INSERT INTO access_password SELECT whose, first_parameters, sha256(first_hash), clock_timestamp() + interval '7 days' WHERE (SELECT access_may('account.manage'))
    ON CONFLICT (account) DO NOTHING RETURNING true
$$;

-- The same for a second factor that was handed out with the account; for the jobs alone.
CREATE FUNCTION access_give_factor(whose uuid, first_secret bytea) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET client_min_messages = error
AS $$
    INSERT INTO access_factor SELECT whose, first_secret WHERE (SELECT access_may('account.manage'))
    ON CONFLICT (account) DO NOTHING RETURNING true
$$;

-- Whom the machine's operator or the platform itself let in vouches for others at once; for the jobs alone.
CREATE FUNCTION access_trust(whose uuid) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET client_min_messages = error
AS $$
    UPDATE access_password SET vouches_from = clock_timestamp() WHERE account = whose AND (SELECT access_may('account.manage'))
$$;

-- Sessions that ended, and guesses of yesterday that count for nothing any more; how many sessions.
CREATE FUNCTION access_tidy() RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET client_min_messages = error
AS $$
DECLARE
  ended bigint;
BEGIN
  DELETE FROM access_guess WHERE at < clock_timestamp() - interval '1 day';
  DELETE FROM access_failure WHERE at < clock_timestamp() - interval '1 day';
  DELETE FROM access_device WHERE ends_at < clock_timestamp();
  DELETE FROM access_session WHERE ends_at < clock_timestamp();
  GET DIAGNOSTICS ended = ROW_COUNT;
  RETURN ended;
END
$$;

REVOKE ALL ON FUNCTION access_salt, access_parameters, access_offer, access_weighed, access_session_of, access_open_session, access_code_fits,
    access_pass_code, access_end_session, access_change_password, access_enrol_factor, access_renew_recovery, access_drop_factor, access_factor_of,
    access_give_password, access_give_factor, access_trust, access_remember_device, access_tidy FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_salt, access_parameters TO meldpunt_desk, meldpunt_portal, meldpunt_jobs;
GRANT EXECUTE ON FUNCTION access_offer, access_session_of, access_open_session, access_pass_code, access_end_session, access_change_password,
    access_enrol_factor, access_renew_recovery, access_drop_factor, access_factor_of, access_remember_device TO meldpunt_desk, meldpunt_portal;
GRANT EXECUTE ON FUNCTION access_give_password TO meldpunt_desk, meldpunt_jobs;
GRANT EXECUTE ON FUNCTION access_give_factor, access_trust, access_tidy TO meldpunt_jobs;
