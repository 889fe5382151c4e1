-- Codes of authenticator apps: TOTP (RFC 6238) of six digits and thirty seconds over HMAC-SHA-1 (RFC 2104, FIPS 180-4),
-- which is what every app knows. PostgreSQL brings no SHA-1, and pgcrypto is not everywhere; tests hold these to the
-- published vectors. Nobody but the functions of proving.sql calls them.
CREATE FUNCTION access_sha1(message bytea) RETURNS bytea LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $sha1$
DECLARE
  padded CONSTANT bytea := message || '\x80'::bytea
    || decode(repeat('00', (119 - length(message) % 64) % 64), 'hex') || int8send(length(message) * 8::bigint);
  whole CONSTANT bigint := 4294967295;
  h bigint[] := ARRAY[1732584193, 4023233417, 2562383102, 271733878, 3285377520];
  w bigint[];
  a bigint; b bigint; c bigint; d bigint; e bigint; f bigint; k bigint; mixed bigint;
BEGIN
  FOR block IN 0 .. length(padded) / 64 - 1 LOOP
    w := array_fill(0::bigint, ARRAY[80]);
    FOR t IN 0 .. 15 LOOP
      k := block * 64 + t * 4;
      w[t + 1] := ((get_byte(padded, k::int)::bigint * 256 + get_byte(padded, k::int + 1)) * 256
        + get_byte(padded, k::int + 2)) * 256 + get_byte(padded, k::int + 3);
    END LOOP;
    FOR t IN 16 .. 79 LOOP
      mixed := w[t - 2] # w[t - 7] # w[t - 13] # w[t - 15];
      w[t + 1] := ((mixed << 1) | (mixed >> 31)) & whole;
    END LOOP;
    a := h[1]; b := h[2]; c := h[3]; d := h[4]; e := h[5];
    FOR t IN 0 .. 79 LOOP
      IF t < 20 THEN f := (b & c) | ((b # whole) & d); k := 1518500249;
      ELSIF t < 40 THEN f := b # c # d; k := 1859775393;
      ELSIF t < 60 THEN f := (b & c) | (b & d) | (c & d); k := 2400959708;
      ELSE f := b # c # d; k := 3395469782;
      END IF;
      mixed := ((((a << 5) | (a >> 27)) & whole) + f + e + k + w[t + 1]) & whole;
      e := d; d := c; c := ((b << 30) | (b >> 2)) & whole; b := a; a := mixed;
    END LOOP;
    h := ARRAY[(h[1] + a) & whole, (h[2] + b) & whole, (h[3] + c) & whole, (h[4] + d) & whole, (h[5] + e) & whole];
  END LOOP;
  RETURN substr(int8send(h[1]), 5) || substr(int8send(h[2]), 5) || substr(int8send(h[3]), 5) || substr(int8send(h[4]), 5)
    || substr(int8send(h[5]), 5);
END
$sha1$;

-- For keys of at most 64 bytes, as access_factor holds them.
CREATE FUNCTION access_hmac_sha1(secret bytea, message bytea) RETURNS bytea LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $hmac$
DECLARE
  inner_pad bytea := secret || decode(repeat('00', 64 - length(secret)), 'hex');
  outer_pad bytea := inner_pad;
BEGIN
  FOR place IN 0 .. 63 LOOP
    outer_pad := set_byte(outer_pad, place, get_byte(outer_pad, place) # 92);
    inner_pad := set_byte(inner_pad, place, get_byte(inner_pad, place) # 54);
  END LOOP;
  RETURN public.access_sha1(outer_pad || public.access_sha1(inner_pad || message));
END
$hmac$;

-- The six digits of an interval of thirty seconds since 1970 (RFC 4226, 5.3).
CREATE FUNCTION access_code(secret bytea, counted bigint) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $code$
DECLARE
  mac CONSTANT bytea := public.access_hmac_sha1(secret, int8send(counted));
  first CONSTANT integer := get_byte(mac, 19) & 15;
BEGIN
  RETURN lpad((((((get_byte(mac, first) & 127) * 256 + get_byte(mac, first + 1)) * 256 + get_byte(mac, first + 2)) * 256
    + get_byte(mac, first + 3)) % 1000000)::text, 6, '0');
END
$code$;

-- Which interval a code is of: this one, or the one before, for who typed slowly (RFC 6238, 5.2); NULL for no other.
CREATE FUNCTION access_interval_of(secret bytea, digests bytea[]) RETURNS bigint LANGUAGE sql VOLATILE
AS $$
    SELECT counted FROM (
        SELECT floor(extract(epoch FROM clock_timestamp()) / 30)::bigint - back AS counted FROM generate_series(0, 1) AS back
    ) AS intervals
    WHERE sha256(convert_to(public.access_code(secret, counted), 'UTF8')) = ANY (digests) ORDER BY counted DESC LIMIT 1
$$;

REVOKE ALL ON FUNCTION access_sha1, access_hmac_sha1, access_code, access_interval_of FROM PUBLIC;
