-- What row policies ask of the session. All are inlined, so the planner sees a constant and evaluates it once.

CREATE FUNCTION access_actor() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('meldpunt.actor', true), '')::uuid;

CREATE FUNCTION access_organisation() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('meldpunt.organisation', true), '')::uuid;

-- The digest of the receipt code the session came with, or NULL; the code itself is never stored.
CREATE FUNCTION access_receipt_digest() RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE
RETURN sha256(convert_to(nullif(current_setting('meldpunt.receipt', true), ''), 'UTF8'));

CREATE FUNCTION access_key_digest() RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE
RETURN sha256(convert_to(nullif(current_setting('meldpunt.key', true), ''), 'UTF8'));

CREATE FUNCTION access_may(permission text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
RETURN position(
    ' ' || permission || ' ' IN ' ' || coalesce(current_setting('meldpunt.permissions', true), '') || ' ') > 0;

GRANT EXECUTE ON FUNCTION access_actor, access_organisation, access_receipt_digest, access_key_digest, access_may
TO meldpunt_desk, meldpunt_portal, meldpunt_public, meldpunt_sensor, meldpunt_jobs;
