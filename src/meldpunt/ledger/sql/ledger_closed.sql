-- Of entries that open only later, whoever they are about learns how many there are and when the last one opens, and
-- nothing else. These run as the owner, so each asks only what its door can prove: at the public door that is a receipt.
CREATE FUNCTION ledger_closed_to_organisation(OUT closed bigint, OUT until timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
BEGIN ATOMIC
  SELECT count(*), max(readable_from) FROM ledger_entry
  WHERE readable_from > now() AND (about = access_organisation() OR receipt_digest = access_receipt_digest());
END;

CREATE FUNCTION ledger_closed_to_receipt(OUT closed bigint, OUT until timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
BEGIN ATOMIC
  SELECT count(*), max(readable_from) FROM ledger_entry
  WHERE readable_from > now() AND receipt_digest = access_receipt_digest();
END;

REVOKE ALL ON FUNCTION ledger_closed_to_organisation, ledger_closed_to_receipt FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger_closed_to_organisation TO meldpunt_portal;
GRANT EXECUTE ON FUNCTION ledger_closed_to_receipt TO meldpunt_public;
