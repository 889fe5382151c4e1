-- Tried on each table of a room: {table}. A paragraph is one try, in a transaction that is rolled back. What counts as a
-- leak is a value. That EXPLAIN ANALYZE and the catalogue count hidden rows, and that a duplicate key tells of an id at hand
-- that it is taken, is known and stands in SECURITY.md.

TABLE {table}

SELECT count(*) FROM {table}

SELECT t::text, to_jsonb(t), hashtext(t::text) FROM {table} AS t

SELECT ctid, xmin, xmax, tableoid::regclass, t FROM {table} AS t WHERE ctid IN ('(0,1)', '(0,2)', '(1,1)')

SELECT t FROM {table} AS t TABLESAMPLE SYSTEM (100)

SELECT t FROM {table} AS t TABLESAMPLE BERNOULLI (100)

SELECT string_agg(t::text, ' '), max(t::text), jsonb_agg(t) FROM {table} AS t

SELECT t, row_number() OVER (), lag(t::text) OVER (ORDER BY t::text) FROM {table} AS t

SELECT a, b FROM {table} AS a FULL JOIN {table} AS b ON a = b

SELECT p.channel, t FROM (VALUES ('web')) AS p (channel) LEFT JOIN LATERAL (SELECT * FROM {table}) AS t ON true

SELECT t FROM {table} AS t FOR UPDATE

SELECT t FROM {table} AS t FOR KEY SHARE SKIP LOCKED

COPY {table} TO STDOUT

COPY (SELECT t::text FROM {table} AS t) TO STDOUT (FORMAT csv)

COPY {table} TO PROGRAM 'cat'

COPY {table} FROM PROGRAM 'cat /etc/hostname'

SET LOCAL row_security = off; SELECT * FROM {table}

SET LOCAL session_replication_role = replica; DELETE FROM {table} RETURNING *

EXPLAIN (VERBOSE, COSTS, SETTINGS) SELECT * FROM {table}

EXPLAIN (ANALYZE, VERBOSE, BUFFERS) SELECT * FROM {table} AS t WHERE t::text LIKE '%a%'

EXPLAIN (ANALYZE, FORMAT json) UPDATE {table} SET tableoid = 0

SELECT t::text::integer FROM {table} AS t

SELECT t::text::xml, t::text::jsonb, t::text::uuid, t::text::inet FROM {table} AS t

SELECT 1 / (length(t::text) - length(t::text)) FROM {table} AS t

SELECT set_config('meldpunt.' || md5(t::text), t::text, true) FROM {table} AS t

SELECT (xpath(t::text, '<a/>'::xml))[1] FROM {table} AS t

SELECT regexp_matches('a', t::text), to_tsquery(t::text), t::text ~ t::text FROM {table} AS t

SELECT pg_notify('gone', left(t::text, 7000)) FROM {table} AS t

SELECT lo_from_bytea(0, convert_to(t::text, 'UTF8')) FROM {table} AS t

SELECT pg_logical_emit_message(true, 'gone', t::text) FROM {table} AS t

SELECT table_to_xml('{table}'::regclass, true, false, ''), query_to_xml('SELECT * FROM {table}', true, false, '')

SELECT cursor_to_xml('one', 100, true, false, ''), database_to_xml(true, false, '')

SELECT ts_stat('SELECT to_tsvector(''simple'', t::text) FROM {table} AS t'), ts_rewrite('a', 'SELECT t::text::tsquery, t::text::tsquery FROM {table} AS t')

SELECT currtid2('{table}', '(0,1)'), pg_relation_filepath('{table}'), pg_relation_size('{table}')

DECLARE one SCROLL CURSOR WITH HOLD FOR SELECT t::text FROM {table} AS t; FETCH ALL FROM one; MOVE BACKWARD ALL IN one; FETCH ALL FROM one

PREPARE one AS SELECT t::text FROM {table} AS t; SET LOCAL plan_cache_mode = force_generic_plan; EXECUTE one; EXPLAIN ANALYZE EXECUTE one

DO $$ DECLARE r record; BEGIN FOR r IN SELECT * FROM {table} LOOP RAISE NOTICE '%', r; END LOOP; END $$

DO $$ DECLARE r record; BEGIN SELECT * INTO STRICT r FROM {table}; RAISE EXCEPTION '%', r USING DETAIL = r::text; END $$

DO $$ DECLARE r text; BEGIN EXECUTE format('SELECT string_agg(t::text, '' '') FROM %s AS t', '{table}') INTO r; ASSERT r IS NULL, r; END $$

CREATE FUNCTION pg_temp.says(text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS $$ BEGIN RAISE NOTICE '%', $1; RETURN true; END $$; SELECT count(*) FROM {table} AS t WHERE pg_temp.says(t::text)

CREATE FUNCTION pg_temp.says(text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE STRICT LEAKPROOF COST 0.0000001 AS $$ BEGIN RAISE NOTICE '%', $1; RETURN true; END $$; SELECT count(*) FROM {table} AS t WHERE pg_temp.says(t::text)

CREATE FUNCTION pg_temp.says(text, text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS $$ BEGIN RAISE NOTICE '%', $2; RETURN true; END $$; CREATE OPERATOR pg_temp.<<<< (LEFTARG = text, RIGHTARG = text, PROCEDURE = pg_temp.says); SELECT count(*) FROM {table} AS t WHERE '' OPERATOR(pg_temp.<<<<) t::text

CREATE TEMP VIEW one AS SELECT * FROM {table}; SELECT * FROM one

CREATE TEMP TABLE one AS SELECT * FROM {table}; SELECT * FROM one

CREATE TEMP TABLE {table} (LIKE public.{table}); SELECT * FROM {table}

CREATE TABLE public.one AS TABLE {table}

SELECT * INTO one FROM {table}

CREATE MATERIALIZED VIEW one AS TABLE {table}

CREATE INDEX one ON {table} ((1 / (length({table}::text) - length({table}::text))))

CREATE STATISTICS one ON tableoid, ctid FROM {table}

CREATE POLICY one ON {table} USING (true); SELECT * FROM {table}

ALTER TABLE {table} DISABLE ROW LEVEL SECURITY; SELECT * FROM {table}

ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY; SELECT * FROM {table}

ALTER TABLE {table} OWNER TO CURRENT_USER; SELECT * FROM {table}

CREATE RULE one AS ON INSERT TO {table} DO ALSO SELECT * FROM {table}

CREATE FUNCTION pg_temp.fires() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE '%', OLD; RETURN OLD; END $$; CREATE TRIGGER one BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION pg_temp.fires(); DELETE FROM {table}

GRANT SELECT ON {table} TO PUBLIC; SELECT * FROM {table}

DELETE FROM {table} RETURNING *

WITH gone AS (DELETE FROM {table} RETURNING *) SELECT * FROM gone

INSERT INTO {table} SELECT * FROM {table} RETURNING *

INSERT INTO {table} DEFAULT VALUES RETURNING *

INSERT INTO {table} SELECT * FROM {table} ON CONFLICT DO NOTHING RETURNING *

MERGE INTO {table} AS t USING (VALUES (1)) AS one (n) ON true WHEN MATCHED THEN DELETE

TRUNCATE {table}

LOCK TABLE {table} IN ACCESS SHARE MODE; SELECT * FROM {table}

ANALYZE {table}; SELECT * FROM pg_stats WHERE tablename = '{table}'

VACUUM {table}

CLUSTER {table}

REINDEX TABLE {table}

COMMENT ON TABLE {table} IS 'one'

SECURITY LABEL ON TABLE {table} IS 'one'

SELECT * FROM pg_stats WHERE tablename = '{table}'

SELECT * FROM pg_statistic WHERE starelid = '{table}'::regclass

SELECT * FROM pg_statistic_ext_data

SELECT pg_restore_relation_stats('relation', '{table}')

SELECT has_table_privilege('{table}', 'SELECT'), row_security_active('{table}'), pg_get_ruledef('{table}'::regclass), pg_get_expr(relpartbound, oid) FROM pg_class WHERE oid = '{table}'::regclass

SELECT pg_stat_get_live_tuples('{table}'::regclass), pg_stat_get_dead_tuples('{table}'::regclass)

SELECT p FROM pg_read_binary_file(pg_relation_filepath('{table}')) AS p

SELECT heap_page_items(get_raw_page('{table}', 0))

SELECT bt_page_items('{table}_pkey', 1)

SELECT dblink('dbname=' || current_database(), 'TABLE {table}')

CREATE FOREIGN TABLE one (a text) SERVER loopback OPTIONS (table_name '{table}')

CREATE PUBLICATION one FOR TABLE {table}
