-- Has who acts just recorded, in this transaction, that the content of this entry is erased? The policy that lets a
-- content go asks it, so that none goes unseen. It runs as the owner because a policy may not read its own table.
CREATE FUNCTION ledger_is_erasure_recorded(entry uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
BEGIN ATOMIC
  SELECT EXISTS (
    SELECT FROM ledger_entry
    WHERE kind = 'erased' AND subject = entry AND actor = access_actor() AND position IS NULL AND at >= now()
  );
END;

REVOKE ALL ON FUNCTION ledger_is_erasure_recorded FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger_is_erasure_recorded TO meldpunt_desk;
