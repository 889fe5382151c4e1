-- Two narrow looks behind the seal, each for one need. Both run as the owner and ask the session's permission first.

-- Whose are these values? Only claims on what the asker brought come back, so nobody reads the register through it.
-- `hosts` holds every suffix of the names asked about.
CREATE FUNCTION constituency_claims_on(addresses inet[], hosts text[], asns bigint[])
RETURNS TABLE (organisation uuid, role text, kind text, held text, valid_from timestamptz, valid_until timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
BEGIN ATOMIC
  SELECT n.organisation_id, n.role::text, 'prefix', n.prefix::text, n.valid_from, n.valid_until
    FROM constituency_network n
   WHERE access_may('constituency.attribute')
     AND EXISTS (SELECT 1 FROM unnest(addresses) AS asked (address) WHERE n.prefix >>= asked.address)
  UNION ALL
  SELECT d.organisation_id, d.role::text, 'domain', d.name::text, d.valid_from, d.valid_until
    FROM constituency_domain d
   WHERE access_may('constituency.attribute') AND d.name = ANY (hosts)
  UNION ALL
  SELECT a.organisation_id, a.role::text, 'asn', a.number::text, a.valid_from, a.valid_until
    FROM constituency_asn a
   WHERE access_may('constituency.attribute') AND a.number = ANY (asns);
END;

-- A member of an ISAC writes unattributed: what points at it is hidden from the others, and it sees that beforehand.
-- Who proposes is believed behind the doors that propose: at the portal a permission is a claim, and who came there by
-- name or by SET ROLE does not change inside a function that runs as the owner.
CREATE FUNCTION constituency_may_mask(asked uuid) RETURNS boolean LANGUAGE sql STABLE
RETURN (access_may('disclosure.propose') AND 'meldpunt_portal' NOT IN (session_user, current_setting('role'))) OR ((access_may('isac.speak') OR access_may('report.submit')) AND asked = access_organisation());

-- What must be hidden in a text that leaves: needed by whoever proposes a disclosure, also about an organisation whose
-- identity this person never unsealed. The disclosure that follows is in the ledger; a page never shows these terms.
CREATE FUNCTION constituency_masking(asked uuid)
RETURNS TABLE (field text, term text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
BEGIN ATOMIC
  SELECT 'names', i.name::text FROM constituency_identity i
   WHERE constituency_may_mask(asked) AND i.organisation_id = asked
  UNION ALL
  SELECT 'aliases', unnest(i.aliases)::text FROM constituency_identity i
   WHERE constituency_may_mask(asked) AND i.organisation_id = asked
  UNION ALL
  SELECT told.field, told.term FROM constituency_contact c
    CROSS JOIN LATERAL (VALUES ('people', c.name::text), ('mails', c.mail::text), ('phones', c.phone::text))
      AS told (field, term)
   WHERE constituency_may_mask(asked) AND c.organisation_id = asked
  UNION ALL
  -- Whoever logs in for it is who reports for it.
  SELECT told.field, told.term FROM access_account a
    CROSS JOIN LATERAL (VALUES ('people', a.name::text), ('mails', a.email::text)) AS told (field, term)
   WHERE constituency_may_mask(asked) AND a.organisation = asked
  UNION ALL
  SELECT 'domains', d.name::text FROM constituency_domain d
   WHERE constituency_may_mask(asked) AND d.organisation_id = asked
  UNION ALL
  SELECT 'networks', n.prefix::text FROM constituency_network n
   WHERE constituency_may_mask(asked) AND n.organisation_id = asked
  UNION ALL
  -- An AS number is looked up by anybody (RFC 6793); it is written with and without a blank.
  SELECT 'aliases', told.term FROM constituency_asn n
    CROSS JOIN LATERAL (VALUES ('AS' || n.number), ('AS ' || n.number), ('ASN ' || n.number)) AS told (term)
   WHERE constituency_may_mask(asked) AND n.organisation_id = asked;
END;

-- Who comes in at the portal for these organisations, or by these accounts: for a letter to one person alone. Whoever
-- asks shows the name only where the organisation is known to them.
CREATE FUNCTION constituency_people(organisations uuid[], accounts uuid[])
RETURNS TABLE (account uuid, organisation uuid, name text, is_active boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
BEGIN ATOMIC
  SELECT a.id, a.organisation, a.name::text, a.is_active FROM access_account a
   WHERE access_may('disclosure.propose') AND a.door = 'portal'
     AND (a.organisation = ANY (organisations) OR a.id = ANY (accounts));
END;

-- Which of its products nobody else has: naming one of these names the organisation.
CREATE FUNCTION constituency_sole_products(asked uuid) RETURNS TABLE (product text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
BEGIN ATOMIC
  SELECT p.name::text FROM constituency_product p
   WHERE constituency_may_mask(asked) AND p.organisation_id = asked
     AND NOT EXISTS (SELECT FROM constituency_product q WHERE q.name = p.name AND q.organisation_id <> asked);
END;

REVOKE ALL ON FUNCTION constituency_claims_on, constituency_masking, constituency_people, constituency_may_mask,
    constituency_sole_products FROM PUBLIC;
GRANT EXECUTE ON FUNCTION constituency_claims_on, constituency_masking, constituency_people
TO meldpunt_desk, meldpunt_jobs;
GRANT EXECUTE ON FUNCTION constituency_may_mask, constituency_sole_products
TO meldpunt_desk, meldpunt_jobs, meldpunt_portal;
GRANT EXECUTE ON FUNCTION constituency_masking TO meldpunt_portal;
