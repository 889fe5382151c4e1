-- Gives every entry that has none its position and closes the subtrees that become complete (RFC 9162, 2.1.1).
-- Doors record without waiting for each other; only this short step takes turns. It repairs what a crash between
-- commit and sequencing left, and done twice it changes nothing. Returns the size of the tree.
-- Whoever has a door's password can keep its turn open: then nobody waits longer than the lock_timeout, every deed
-- stands, and its entry gets its place later.
-- The size is read from the hashes, not from the entries: an entry deleted behind our back leaves its hash.
CREATE FUNCTION ledger_sequence() RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '5s'
AS $sequence$
DECLARE
  size bigint;
  waiting record;
  digest bytea;
  sibling bytea;
  height smallint;
  place bigint;
BEGIN
  PERFORM FROM ledger_turn FOR UPDATE;
  SELECT coalesce(max(n.index) + 1, 0) INTO size FROM ledger_node n WHERE n.level = 0;
  FOR waiting IN SELECT e.id, e.commitment FROM ledger_entry e WHERE e.position IS NULL ORDER BY e.at, e.id LOOP
    UPDATE ledger_entry SET position = size WHERE id = waiting.id;
    digest := sha256('\x00'::bytea
      || convert_to('meldpunt-ledger-v1' || chr(10) || encode(waiting.commitment, 'hex') || chr(10), 'UTF8'));
    height := 0;
    place := size;
    INSERT INTO ledger_node (level, index, hash) VALUES (height, place, digest);
    WHILE place % 2 = 1 LOOP
      SELECT n.hash INTO STRICT sibling FROM ledger_node n WHERE n.level = height AND n.index = place - 1;
      digest := sha256('\x01'::bytea || sibling || digest);
      height := height + 1;
      place := place / 2;
      INSERT INTO ledger_node (level, index, hash) VALUES (height, place, digest);
    END LOOP;
    size := size + 1;
  END LOOP;
  RETURN size;
END
$sequence$;

REVOKE ALL ON FUNCTION ledger_sequence FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger_sequence
TO meldpunt_desk, meldpunt_portal, meldpunt_public, meldpunt_sensor, meldpunt_jobs;
