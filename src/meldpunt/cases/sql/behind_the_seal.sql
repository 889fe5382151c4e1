-- Two narrow looks behind the seal, each for one need. Both run as the owner and ask the session's permission first.

-- What a report names comes into its case whole, whoever puts the report there: an analyst for whom the report is
-- sealed would leave out what is masked, and the case would lack it for everybody. Who sees which of it, the policies
-- of intake say. The ids follow from one that the caller draws and keeps nowhere.
CREATE FUNCTION cases_gather_observables(into_case uuid, from_report uuid, drawn uuid) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    INSERT INTO cases_observable (id, case_id, report_id, kind, value, added_by)
    SELECT md5(drawn::text || found.id::text)::uuid, into_case, found.report_id, found.kind, found.value, access_actor()
    FROM intake_observable AS found
    WHERE (SELECT access_may('case.write')) AND found.report_id = from_report
        AND NOT EXISTS (SELECT FROM cases_observable AS known
            WHERE known.case_id = into_case AND known.report_id = found.report_id
                AND known.kind = found.kind AND known.value = found.value)
$$;

-- Which cases name what this report names, as intake_sharing says of reports: counts and a weight, never a value. A
-- value weighs less the more cases name it; how many reports of one case do says nothing against it. A thousand rows a
-- value.
CREATE FUNCTION cases_sharing(asked uuid)
RETURNS TABLE (sharing uuid, shared integer, sealed integer, weight double precision)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    WITH unsealed AS (SELECT organisation_id FROM constituency_unsealing
        WHERE actor = (SELECT access_actor()) AND lapses_at > now()),
    named AS (SELECT mine.value, bool_or(NOT mine.is_telling OR CASE
            WHEN told.organisation_id IS NULL THEN (SELECT access_may('report.complete'))
            ELSE told.organisation_id IN (SELECT organisation_id FROM unsealed) END) AS shows
        FROM intake_observable AS mine JOIN intake_report AS told ON told.id = mine.report_id
        WHERE mine.report_id = asked AND (SELECT access_may('case.read'))
        GROUP BY mine.value),
    met AS (SELECT other.case_id, other.shows,
            1 - ln((count(*) OVER (PARTITION BY named.value))::float8) / ln(200::float8) AS weight
        FROM named CROSS JOIN LATERAL (
            SELECT found.case_id, bool_or(lifted.is_telling IS NOT TRUE OR CASE
                WHEN told.organisation_id IS NULL THEN (SELECT access_may('report.complete'))
                ELSE told.organisation_id IN (SELECT organisation_id FROM unsealed) END) AS shows
            FROM (SELECT one.case_id, one.report_id, one.kind, one.value FROM cases_observable AS one
                WHERE one.value = named.value LIMIT 1000) AS found
            LEFT JOIN intake_report AS told ON told.id = found.report_id
            LEFT JOIN intake_observable AS lifted ON lifted.report_id = found.report_id
                AND lifted.kind = found.kind AND lifted.value = found.value
            GROUP BY found.case_id) AS other
        WHERE other.shows = named.shows)
    SELECT met.case_id, count(*)::integer, count(*) FILTER (WHERE NOT met.shows)::integer, sum(met.weight)
    FROM met WHERE met.weight > 0
    GROUP BY met.case_id
$$;

REVOKE ALL ON FUNCTION cases_gather_observables, cases_sharing FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_gather_observables, cases_sharing TO meldpunt_desk;
