-- Who sits at the table of an ISAC, for who sits there: the others by name, and who sits hidden for the chair alone, who
-- admits. A seat stands for its member: an organisation's id is what a session claims, and goes to nobody else.
CREATE FUNCTION constituency_table(asked uuid)
RETURNS TABLE (seat uuid, name text, chair boolean, hidden boolean, is_own boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
BEGIN ATOMIC
  SELECT m.id, i.name::text, m.chair, m.hidden, m.organisation_id = access_organisation()
    FROM constituency_membership m JOIN constituency_identity i ON i.organisation_id = m.organisation_id
    JOIN constituency_membership mine ON mine.isac_id = m.isac_id AND mine.organisation_id = access_organisation()
     AND mine.member_until IS NULL
   WHERE access_may('isac.speak') AND m.isac_id = asked AND m.member_until IS NULL
     AND (NOT m.hidden OR m.id = mine.id OR mine.chair);
END;

REVOKE ALL ON FUNCTION constituency_table FROM PUBLIC;
GRANT EXECUTE ON FUNCTION constituency_table TO meldpunt_portal;
