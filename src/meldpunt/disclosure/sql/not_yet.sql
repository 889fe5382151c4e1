-- Of disclosures that a reporter may not know yet it learns how many there are and when the last of them opens, and
-- nothing else. It runs as the owner, so it asks what the door can prove: an organisation at the portal, a receipt.
CREATE FUNCTION disclosure_not_yet(asked uuid, OUT waiting bigint, OUT until timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
BEGIN ATOMIC
  SELECT count(*), max(readable_from) FROM disclosure_origin
   WHERE report = asked AND readable_from > now() AND access_may('disclosure.trace')
     AND (organisation = access_organisation() OR receipt_digest = access_receipt_digest());
END;

REVOKE ALL ON FUNCTION disclosure_not_yet FROM PUBLIC;
GRANT EXECUTE ON FUNCTION disclosure_not_yet TO meldpunt_portal, meldpunt_public;
