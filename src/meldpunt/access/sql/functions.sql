-- What row policies ask of the session. An actor, an organisation and permissions are claims of the process that holds
-- the role, and good only as far as that process is; a receipt code and a key prove themselves by their digest. At the
-- public door nothing but a receipt counts, and at the door of machines nothing but a key (access_machinekey shows the
-- row of the key that was shown, and no other). All are inlined, so the planner sees a constant and evaluates it once.

CREATE FUNCTION access_actor() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('meldpunt.actor', true), '')::uuid;

CREATE FUNCTION access_organisation() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('meldpunt.organisation', true), '')::uuid;

-- Whoever came to the public door: there nobody acts in another name (STRANGER in values.py).
CREATE FUNCTION access_stranger() RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN '00000000-0000-4000-8000-000000000001'::uuid;

-- The digest of the receipt code the session came with, or NULL; the code itself is never stored.
CREATE FUNCTION access_receipt_digest() RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE
RETURN sha256(convert_to(nullif(current_setting('meldpunt.receipt', true), ''), 'UTF8'));

CREATE FUNCTION access_key_digest() RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE
RETURN sha256(convert_to(nullif(current_setting('meldpunt.key', true), ''), 'UTF8'));

-- The fingerprint of the client certificate that the connection was made with, as the proxy before the door of machines
-- says it: a claim of that process, like the rest. It opens nothing by itself; a key may ask that it comes along.
CREATE FUNCTION access_certificate() RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE
RETURN decode(nullif(current_setting('meldpunt.certificate', true), ''), 'hex');

CREATE FUNCTION access_may(permission text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
RETURN position(
    ' ' || permission || ' ' IN ' ' || coalesce(current_setting('meldpunt.permissions', true), '') || ' ') > 0;

GRANT EXECUTE ON FUNCTION access_actor, access_organisation, access_stranger, access_receipt_digest, access_key_digest,
    access_certificate, access_may
TO meldpunt_desk, meldpunt_portal, meldpunt_public, meldpunt_sensor, meldpunt_jobs;
