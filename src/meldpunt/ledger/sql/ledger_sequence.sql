-- Gives every entry that has none its position and closes the subtrees that become complete (RFC 9162, 2.1.1).
-- Doors record without waiting for each other; only this short step takes turns. It repairs what a crash between
-- commit and sequencing left, and done twice it changes nothing. Returns the size of the tree.
-- Whoever has a door's password can keep its turn open: then nobody waits longer than they asked for (milliseconds),
-- every deed stands, and its entry gets its place later. A setting that ends such a session a door could change itself,
-- so the jobs end it (ledger_free_turn).
-- The size is read from the hashes, not from the entries: an entry deleted behind our back leaves its hash.
CREATE FUNCTION ledger_sequence(patience integer DEFAULT 200) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '200ms'
AS $sequence$
DECLARE
  size bigint;
  waiting record;
  digest bytea;
  sibling bytea;
  height smallint;
  place bigint;
BEGIN
  PERFORM set_config('lock_timeout', greatest(1, least(patience, 5000))::text, true);
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

-- Ends every session that has kept or awaited the turn for so many seconds: nobody does who adds and goes, also where a
-- hundred thousand entries wait. How many it ended. For the jobs alone: a door would end the sessions of others.
CREATE FUNCTION ledger_free_turn(seconds integer DEFAULT 30) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $free$
DECLARE
  staying text[] := ARRAY(SELECT DISTINCT l.pid || ' ' || l.virtualtransaction FROM pg_locks l
    WHERE l.relation = 'ledger_turn'::regclass AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND l.mode = 'RowShareLock' AND l.pid <> pg_backend_pid());
BEGIN
  IF staying = '{}' THEN RETURN 0; END IF;
  PERFORM pg_sleep(seconds);
  RETURN (SELECT count(*) FILTER (WHERE pg_terminate_backend(still.pid, 1000)) FROM (SELECT DISTINCT l.pid FROM pg_locks l
    WHERE l.relation = 'ledger_turn'::regclass AND l.mode = 'RowShareLock'
    AND l.pid || ' ' || l.virtualtransaction = ANY (staying)) AS still);
END
$free$;

REVOKE ALL ON FUNCTION ledger_free_turn FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger_free_turn TO meldpunt_jobs;
