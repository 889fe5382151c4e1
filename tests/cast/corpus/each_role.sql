-- Tried with each role there is: {role}.

SET ROLE {role}; SELECT * FROM intake_words; SELECT * FROM access_account

SELECT set_config('role', '{role}', true); SELECT * FROM intake_report; SELECT * FROM constituency_identity

SET LOCAL SESSION AUTHORIZATION {role}; SELECT * FROM intake_report

GRANT {role} TO CURRENT_USER WITH INHERIT TRUE; SELECT * FROM intake_report

ALTER ROLE {role} PASSWORD 'one'

ALTER ROLE {role} SET meldpunt.permissions = 'report.read'

ALTER ROLE CURRENT_USER BYPASSRLS

ALTER ROLE CURRENT_USER SUPERUSER

CREATE FUNCTION pg_temp.becomes() RETURNS SETOF intake_report LANGUAGE sql SECURITY DEFINER AS $$ SELECT * FROM public.intake_report $$; ALTER FUNCTION pg_temp.becomes() OWNER TO {role}; SELECT pg_temp.becomes()

CREATE TEMP VIEW one WITH (security_invoker = false) AS TABLE intake_report; ALTER VIEW one OWNER TO {role}; TABLE one

REASSIGN OWNED BY {role} TO CURRENT_USER

DROP OWNED BY {role}

SELECT pg_has_role('{role}', 'MEMBER'), rolpassword, rolconfig FROM pg_roles WHERE rolname = '{role}'

SELECT passwd FROM pg_shadow WHERE usename = '{role}'

SELECT rolpassword FROM pg_authid WHERE rolname = '{role}'
