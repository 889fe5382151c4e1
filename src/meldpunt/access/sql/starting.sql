-- Who lost a password or a second factor begins anew. Two people of the desk give it, and what they are is read from their own
-- sessions, never from what a session of the database claims: whoever has the password of a door has no key of a session.
-- Each of the two knows one half of the code, so that neither of them comes in with it.

-- Who this key is of, where they stand at the desk with one of these roles and with what was asked of them, and came in first
-- more than a week ago: whoever lets people in makes nobody to approve for them.
CREATE FUNCTION access_vouches(key text, wanted text[]) RETURNS uuid
LANGUAGE sql STABLE
AS $$
    SELECT s.account FROM public.access_session_of(key) AS s JOIN public.access_password AS p ON p.account = s.account
    WHERE s.asks = '' AND s.door = 'desk' AND s.roles && wanted AND p.vouches_from <= clock_timestamp()
$$;

-- All by which somebody comes in is gone. The password is one that nobody knows: where there is none, one could be given.
CREATE FUNCTION access_void(whose uuid) RETURNS void
LANGUAGE sql VOLATILE
AS $$
    INSERT INTO public.access_password VALUES (whose, coalesce((SELECT min(parameters) FROM public.access_password), 'm=102400,t=2,p=8'), sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())))
    ON CONFLICT (account) DO UPDATE SET verifier = excluded.verifier, vouches_from = 'infinity';
    DELETE FROM public.access_session WHERE account = whose;
    DELETE FROM public.access_factor WHERE account = whose;
    DELETE FROM public.access_recovery WHERE account = whose;
    DELETE FROM public.access_device WHERE account = whose;
    UPDATE public.access_newstart SET digest = NULL WHERE account = whose;
$$;

-- An administrator asks it for somebody else; 'open', or 'wrong'. What waited for the same account is gone.
CREATE FUNCTION access_ask_start(asked uuid, key text, whose uuid, first_half bytea) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET client_min_messages = error
AS $$
DECLARE
  asker uuid := access_vouches(key, ARRAY['administrator']);
BEGIN
  IF asker IS NULL OR asker = whose OR NOT EXISTS (SELECT FROM access_account AS a WHERE a.id = whose AND a.is_active) THEN RETURN 'wrong'; END IF;
  DELETE FROM access_newstart WHERE account = whose AND approved_at IS NULL;
  INSERT INTO access_newstart (id, account, asked_by, asked_at, half) VALUES (asked, whose, asker, clock_timestamp(), sha256(first_half));
  RETURN 'open';
END
$$;

-- Another approves it within a day, and shows a code of the second factor: a duty officer, or for a colleague another
-- administrator. From then on nothing opens the account but the code, for a day. 'open', 'wrong' or 'busy'.
CREATE FUNCTION access_approve_start(offered uuid, asked uuid, key text, second_half bytea, from_address text) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET client_min_messages = error
AS $$
DECLARE
  held record;
  approver uuid;
  answer text;
BEGIN
  SELECT s.account, s.asked_by, s.half, a.door INTO held
  FROM access_newstart AS s JOIN access_account AS a ON a.id = s.account JOIN access_account AS b ON b.id = s.asked_by
  WHERE s.id = asked AND s.approved_at IS NULL AND s.asked_at > clock_timestamp() - interval '1 day' AND a.is_active AND b.is_active FOR UPDATE OF s;
  approver := access_vouches(key, CASE held.door WHEN 'desk' THEN ARRAY['administrator', 'duty-officer'] WHEN 'portal' THEN ARRAY['duty-officer'] END);
  IF approver IS NULL OR approver IN (held.account, held.asked_by) THEN RETURN 'wrong'; END IF;
  answer := access_code_fits(offered, approver, from_address);
  IF answer <> 'open' THEN RETURN answer; END IF;
  PERFORM access_void(held.account);
  UPDATE access_newstart SET half = NULL, approved_by = approver, approved_at = clock_timestamp(), digest = sha256(held.half || sha256(second_half))
  WHERE id = asked;
  RETURN 'open';
END
$$;

-- The operator of the machine gives it, with the password of the owner of the database: when no administrator comes in.
CREATE FUNCTION access_operator_start(asked uuid, address text, first_half bytea, second_half bytea) RETURNS TABLE (whose uuid, at_door text, organisation_of uuid)
LANGUAGE plpgsql VOLATILE
AS $$
BEGIN
  SELECT a.id, a.door::text, a.organisation INTO whose, at_door, organisation_of FROM public.access_account AS a WHERE a.email = lower(address) AND a.is_active;
  IF NOT FOUND THEN RETURN; END IF;
  PERFORM public.access_void(whose);
  DELETE FROM public.access_newstart AS s WHERE s.account = whose AND s.approved_at IS NULL;
  INSERT INTO public.access_newstart (id, account, asked_at, approved_at, digest)
  VALUES (asked, whose, clock_timestamp(), clock_timestamp(), sha256(sha256(first_half) || sha256(second_half)));
  RETURN NEXT;
END
$$;

-- The owner of the account types its address and the code, offered as a guess, and a new password; who they are where it opens.
CREATE FUNCTION access_begin_anew(offered uuid, at_door text, address text, new_parameters text, new_hash bytea, from_address text)
RETURNS TABLE (said text, whose uuid, name_of text, roles_of text[], organisation_of uuid)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET client_min_messages = error
AS $$
DECLARE
  by_operator boolean;
BEGIN
  said := access_weighed(offered, 'start', at_door || ':' || address, from_address);
  IF said <> 'answer' THEN RETURN NEXT; RETURN; END IF;
  UPDATE access_newstart AS s SET used_at = clock_timestamp(), digest = NULL FROM access_account AS a, access_guess AS g
  WHERE g.id = offered AND a.email = lower(address) AND a.door = at_door AND a.is_active AND s.account = a.id
      AND s.digest = ANY (g.digests) AND s.approved_at > clock_timestamp() - interval '1 day'
  RETURNING a.id, a.name::text, a.roles::text[], a.organisation, s.asked_by IS NULL INTO whose, name_of, roles_of, organisation_of, by_operator;
  IF NOT FOUND THEN
    INSERT INTO access_failure VALUES (from_address, clock_timestamp());
    said := 'wrong';
    RETURN NEXT;
    RETURN;
  END IF;
  UPDATE access_guess SET was_right = true WHERE id = offered;
  UPDATE access_password SET parameters = new_parameters, verifier = sha256(new_hash), vouches_from = clock_timestamp() + CASE WHEN by_operator THEN interval '0' ELSE interval '7 days' END
  WHERE account = whose;
  said := 'open';
  RETURN NEXT;
END
$$;

-- What waits for a second pair of eyes, for who may be it; of who asked the name.
CREATE FUNCTION access_starts_waiting() RETURNS TABLE (asked uuid, account uuid, name text, door text, roles text[], organisation uuid, asked_by uuid, asker text, asked_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET client_min_messages = error
AS $$
    SELECT s.id, a.id, a.name::text, a.door::text, a.roles::text[], a.organisation, b.id, b.name::text, s.asked_at
    FROM access_newstart AS s JOIN access_account AS a ON a.id = s.account JOIN access_account AS b ON b.id = s.asked_by
    WHERE (SELECT access_may('account.approve')) AND s.approved_at IS NULL AND s.asked_at > clock_timestamp() - interval '1 day' AND a.is_active AND b.is_active
$$;

-- One's own: when somebody was given a new start, and when it was used.
CREATE FUNCTION access_starts_of(key text) RETURNS TABLE (given_at timestamptz, used_at timestamptz, by_operator boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET client_min_messages = error
AS $$
    SELECT n.approved_at, n.used_at, n.asked_by IS NULL
    FROM access_session_of(key) AS s JOIN access_newstart AS n ON n.account = s.account WHERE s.asks = '' AND n.approved_at IS NOT NULL
$$;

REVOKE ALL ON FUNCTION access_vouches, access_void, access_ask_start, access_approve_start, access_operator_start, access_begin_anew,
    access_starts_waiting, access_starts_of FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_ask_start, access_approve_start, access_starts_waiting TO meldpunt_desk;
GRANT EXECUTE ON FUNCTION access_begin_anew, access_starts_of TO meldpunt_desk, meldpunt_portal;
