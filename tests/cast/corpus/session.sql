-- Tried once: what a session can reach that is no table.

LISTEN procrastinate_any_queue; LISTEN gone; SELECT pg_listening_channels()

SELECT pg_advisory_lock(7810203), pg_try_advisory_lock(1), pg_advisory_unlock_all(); SELECT * FROM pg_locks

SELECT lo_create(0), lo_get(loid) FROM pg_largeobject_metadata AS m (loid)

SELECT * FROM pg_largeobject

SELECT lo_import('/etc/hostname'), lo_export(1, '/tmp/one')

SELECT pg_read_file('postgresql.conf'), pg_ls_dir('.'), pg_stat_file('pg_hba.conf')

SELECT pg_current_logfile(), pg_ls_logdir(), pg_ls_tmpdir(), pg_ls_waldir()

SELECT pid, usename, query, backend_xid, client_addr FROM pg_stat_activity

SELECT pg_stat_get_activity(NULL), pg_stat_get_backend_activity(b) FROM generate_series(1, 30) AS b

SELECT query FROM pg_stat_statements

SELECT * FROM pg_prepared_statements; SELECT * FROM pg_cursors; SELECT * FROM pg_prepared_xacts

SHOW ALL

SELECT name, setting, boot_val, reset_val FROM pg_settings

SELECT * FROM pg_file_settings; SELECT * FROM pg_hba_file_rules

SET LOCAL search_path = pg_temp, public; CREATE FUNCTION pg_temp.access_may(text) RETURNS boolean LANGUAGE sql AS 'SELECT true'; SELECT * FROM intake_report; SELECT intake_find_reports('%'); SELECT * FROM access_people()

CREATE TEMP TABLE access_machinekey AS SELECT gen_random_uuid() AS id, 'sensor' AS role, NULL::uuid AS organisation; SELECT * FROM disclosure_reader; SELECT * FROM intake_report; SELECT disclosure_not_yet(gen_random_uuid())

CREATE TEMP TABLE intake_report (id uuid); CREATE TEMP TABLE ledger_entry (id uuid); SELECT ledger_sequence(); SELECT * FROM ledger_closed_to_receipt()

CREATE SCHEMA one

CREATE SCHEMA pg_catalog; CREATE FUNCTION public.access_may(text) RETURNS boolean LANGUAGE sql AS 'SELECT true'

CREATE OR REPLACE FUNCTION public.access_stranger() RETURNS uuid LANGUAGE sql AS $$ SELECT gen_random_uuid() $$

CREATE EXTENSION dblink; SELECT dblink_connect('one', '')

CREATE EXTENSION postgres_fdw; CREATE SERVER one FOREIGN DATA WRAPPER postgres_fdw

CREATE EXTENSION pageinspect; CREATE EXTENSION pg_buffercache

CREATE LANGUAGE plpython3u

LOAD 'auto_explain'; SET LOCAL auto_explain.log_min_duration = 0

SET LOCAL client_min_messages = debug5; SET LOCAL debug_print_plan = on; SET LOCAL log_min_messages = debug5; SELECT * FROM intake_report

SET LOCAL log_statement = 'all'; SET LOCAL log_planner_stats = on; SELECT * FROM intake_report

CREATE EVENT TRIGGER one ON ddl_command_start EXECUTE FUNCTION ledger_sequence()

CREATE DATABASE one TEMPLATE template0

ALTER SYSTEM SET row_security = off

CHECKPOINT

SELECT pg_create_logical_replication_slot('one', 'test_decoding'); SELECT * FROM pg_logical_slot_get_changes('one', NULL, NULL)

SELECT txid_current(), pg_current_snapshot(), pg_export_snapshot(); SET TRANSACTION SNAPSHOT '00000003-0000001B-1'

SELECT version(), inet_server_addr(), current_database(), session_user, pg_postmaster_start_time()

SELECT r.relname, d.description FROM pg_description AS d JOIN pg_class AS r ON r.oid = d.objoid

INSERT INTO evidence_item (id) VALUES ('00000000-0000-4000-8000-000000000001') RETURNING *

INSERT INTO intake_progress SELECT gen_random_uuid(), id FROM intake_report

INSERT INTO intake_reporter (report_id) SELECT id FROM intake_report RETURNING *

UPDATE disclosure_delivery SET state = 'read', note = note RETURNING *

UPDATE disclosure_disclosure SET state = 'withdrawn' RETURNING *

SELECT nextval(s.oid::regclass), last_value FROM pg_class AS s, pg_sequences WHERE s.relkind = 'S'

SELECT p.prosrc FROM pg_proc AS p WHERE proname LIKE 'access%'; SELECT s.* FROM pg_stats AS s WHERE tablename LIKE 'access%'; SELECT * FROM pg_statistic

SELECT a.*, p.* FROM access_account AS a JOIN access_password AS p ON p.account = a.id

UPDATE access_password SET verifier = sha256('mine') RETURNING *

INSERT INTO access_password (account, parameters, verifier) SELECT account, '', sha256('mine') FROM access_factor ON CONFLICT (account) DO UPDATE SET verifier = excluded.verifier RETURNING *

UPDATE access_factor SET secret = '\x00', used_until = 0 RETURNING secret

INSERT INTO access_session (digest, account, ends_at, code_at) SELECT sha256('mine'), id, now() + interval '1 day', now() FROM access_account RETURNING *

SELECT * FROM access_session_of(''); SELECT * FROM access_session_of(NULL); SELECT * FROM access_session_of('%')

SELECT access_parameters(), access_salt('desk', 'marit.hoogeveld@meldpunt.example'), access_salt('portal', 'nobody@people.example')

SELECT set_config('meldpunt.login', 'marit.hoogeveld@meldpunt.example', true); SELECT * FROM access_account; SELECT * FROM access_people()

SELECT access_offer('00000000-0000-4000-8000-00000000beef', 'password', 'desk:marit.hoogeveld@meldpunt.example', ARRAY['one'::bytea]); SELECT access_open_session('00000000-0000-4000-8000-00000000beef', 'desk', 'marit.hoogeveld@meldpunt.example', 'key', ''); SELECT * FROM access_session_of('key')

SELECT access_offer(gen_random_uuid(), 'password', 'desk:marit.hoogeveld@meldpunt.example', ARRAY(SELECT int4send(n) FROM generate_series(1, 1000) AS n)) FROM generate_series(1, 10)

SET LOCAL client_min_messages = log; SET LOCAL debug_print_plan = on; SET LOCAL debug_print_rewritten = on; SET LOCAL plan_cache_mode = force_custom_plan; SELECT access_open_session(gen_random_uuid(), 'desk', 'marit.hoogeveld@meldpunt.example', 'key', ''), access_salt('desk', 'a'), access_enrol_factor('key', 'twelve bytes', '000000', ARRAY['one'::bytea])

EXPLAIN (ANALYZE, VERBOSE, SETTINGS) SELECT * FROM access_session_of('key'), access_factor_of('key'), access_parameters()

SELECT access_give_password(account, 'm=8,t=1,p=1', 'mine') FROM access_session_of('key'); SELECT access_give_factor('00000000-0000-4000-8000-000000000001', 'twelve bytes'); SELECT access_sha1('one'), access_code('twelve bytes', 1), access_weighed(gen_random_uuid(), 'code', 'one', '')

SET LOCAL search_path = pg_temp, public; CREATE TEMP TABLE access_password (account uuid, parameters text, verifier bytea); CREATE TEMP TABLE access_session (digest bytea, account uuid, ends_at timestamptz, code_at timestamptz); SELECT * FROM access_session_of('key')

SELECT access_ask_start(gen_random_uuid(), 'key', a.account, 'mine') FROM access_starts_waiting() AS a; SELECT access_ask_start(gen_random_uuid(), '', '00000000-0000-4000-8000-000000000001', 'mine')

SELECT access_offer('00000000-0000-4000-8000-00000000fade', 'code', access_actor()::text, ARRAY['000000'::bytea]); SELECT access_approve_start('00000000-0000-4000-8000-00000000fade', asked, 'key', 'mine', '') FROM access_starts_waiting()

SELECT access_offer('00000000-0000-4000-8000-00000000feed', 'start', 'desk:marit.hoogeveld@meldpunt.example', ARRAY['mine'::bytea]); SELECT * FROM access_begin_anew('00000000-0000-4000-8000-00000000feed', 'desk', 'marit.hoogeveld@meldpunt.example', 'm=8,t=1,p=1', 'mine', '')

INSERT INTO access_newstart (id, account, asked_at, approved_at, digest) SELECT gen_random_uuid(), id, now(), now(), sha256('mine') FROM access_account RETURNING *

UPDATE access_newstart SET digest = sha256('mine'), approved_at = now(), used_at = NULL RETURNING *; UPDATE access_password SET vouches_from = '-infinity' RETURNING *

UPDATE access_newstart SET account = (SELECT id FROM access_account LIMIT 1) RETURNING account, digest

SELECT access_operator_start(gen_random_uuid(), 'marit.hoogeveld@meldpunt.example', 'one', 'two'), access_void(access_actor()), access_trust(access_actor()), access_vouches('key', ARRAY['administrator'])

SELECT * FROM access_starts_waiting(), access_starts_of('key'); SELECT access_remember_device('key', repeat('d', 43)); INSERT INTO access_device SELECT sha256('mine'), id, 'infinity' FROM access_account RETURNING *

SET LOCAL search_path = pg_temp, public; CREATE TEMP TABLE access_newstart (id uuid, account uuid, digest bytea); CREATE TEMP TABLE access_device (digest bytea); CREATE FUNCTION pg_temp.access_vouches(text, text[]) RETURNS uuid LANGUAGE sql AS 'SELECT gen_random_uuid()'; SELECT access_ask_start(gen_random_uuid(), 'key', access_actor(), 'mine')

SELECT * FROM access_spend('network:192.0.2.0/24', 1, 1); SELECT sender, spent_until FROM access_spent; UPDATE access_spent SET spent_until = '-infinity' RETURNING sender

SET LOCAL search_path = pg_temp, public; CREATE TEMP TABLE access_spent (sender bytea PRIMARY KEY, spent_until timestamptz); CREATE TEMP TABLE access_pepper (pepper bytea); SELECT access_spend('somebody', 1, 1); SELECT access_forget_spent()
