-- Of each organisation asked about, the products that no other constituent of its sector uses.
SELECT p.organisation_id, p.name
  FROM constituency_product p JOIN constituency_organisation o ON o.id = p.organisation_id
 WHERE p.organisation_id = ANY (%s) AND o.kind = 'constituent'
   AND NOT EXISTS (
     SELECT FROM constituency_product other JOIN constituency_organisation peer ON peer.id = other.organisation_id
      WHERE lower(other.name) = lower(p.name) AND peer.id <> o.id
        AND peer.kind = 'constituent' AND peer.sector = o.sector)
 ORDER BY p.organisation_id, p.name
