-- Narrow ways behind the seal, each for one need. All run as the owner and ask the session's permission first.

-- A report with its stages as it was told, for whoever weighs it passage by passage under the law on open government:
-- a passage that was masked beforehand would be withheld on no ground at all. `stage` is NULL for the report itself.
CREATE FUNCTION intake_whole_words(asked uuid)
RETURNS TABLE (stage uuid, title text, text text, answers jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT words.stage_id, words.title, words.text, words.answers
    FROM intake_words AS words
    WHERE (SELECT access_may('information-request.handle')) AND words.report_id = asked
$$;

-- Which reports name what this one names: how many of its values, how many of those are sealed for who asks, and what
-- they weigh; never a value. A value counts where it shows in both for who asks, or in neither: one that shows here and
-- is sealed there would tell what is sealed. A value that nobody else names weighs 1, one that n others name
-- 1 - ln n / ln 200, and what two hundred name says nothing: so no more rows than that are read of each of the first
-- sixty values.
CREATE FUNCTION intake_sharing(asked uuid)
RETURNS TABLE (report uuid, shared integer, sealed integer, weight double precision)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    WITH unsealed AS (SELECT organisation_id FROM constituency_unsealing
        WHERE actor = (SELECT access_actor()) AND lapses_at > now()),
    named AS (SELECT mine.value, bool_or(NOT mine.is_telling OR CASE
            WHEN told.organisation_id IS NULL THEN (SELECT access_may('report.complete'))
            ELSE told.organisation_id IN (SELECT organisation_id FROM unsealed) END) AS shows
        FROM intake_observable AS mine JOIN intake_report AS told ON told.id = mine.report_id
        WHERE mine.report_id = asked AND (SELECT access_may('report.read'))
        GROUP BY mine.value ORDER BY mine.value LIMIT 60),
    met AS (SELECT other.report_id, other.shows,
            1 - ln((count(*) OVER (PARTITION BY named.value))::float8) / ln(200::float8) AS weight
        FROM named CROSS JOIN LATERAL (
            SELECT found.report_id, bool_or(NOT found.is_telling OR CASE
                WHEN told.organisation_id IS NULL THEN (SELECT access_may('report.complete'))
                ELSE told.organisation_id IN (SELECT organisation_id FROM unsealed) END) AS shows
            FROM (SELECT one.report_id, one.is_telling FROM intake_observable AS one
                WHERE one.value = named.value AND one.report_id <> asked LIMIT 200) AS found
            JOIN intake_report AS told ON told.id = found.report_id
            GROUP BY found.report_id) AS other
        WHERE other.shows = named.shows)
    SELECT met.report_id, count(*)::integer, count(*) FILTER (WHERE NOT met.shows)::integer, sum(met.weight)
    FROM met WHERE met.weight > 0
    GROUP BY met.report_id
$$;

-- Which observables say who it is, and which do not, as far as the one who masks knows them. Not an UPDATE of theirs:
-- what an analyst flags is out of that analyst's sight from then on, which a row policy refuses.
CREATE FUNCTION intake_flag_observables(telling uuid[], harmless uuid[]) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    UPDATE intake_observable SET is_telling = (id = ANY (telling))
    WHERE id = ANY (telling || harmless) AND is_telling <> (id = ANY (telling))
        AND ((SELECT access_may('report.complete')) OR (SELECT access_may('constituency.attribute')))
$$;

-- For a job to mask these words anew: who found out whom the report is about may not read them.
CREATE FUNCTION intake_await_masking(asked uuid) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    UPDATE intake_words SET awaits_masking = true
    WHERE report_id = asked AND (SELECT access_may('report.complete'))
$$;

-- Whether whoever reported can be written to: they left an address, and what came from it was written by a person. Not
-- which: who writes back may not know whom they write to. Nobody mails a list, a robot or a server from here.
CREATE FUNCTION intake_takes_mail(asked uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT (SELECT access_may('report.read'))
        AND EXISTS (SELECT FROM intake_reporter AS reporter WHERE reporter.report_id = asked
            AND reporter.observer_id IS NULL AND reporter.email LIKE '%_@_%')
        AND NOT EXISTS (SELECT FROM intake_mail AS mail WHERE mail.report_id = asked AND mail.stage_id IS NULL
            AND mail.unanswered NOT IN ('', 'too-many', 'too-many-in-all'))
$$;

REVOKE ALL ON FUNCTION intake_whole_words, intake_sharing, intake_flag_observables, intake_await_masking,
    intake_takes_mail FROM PUBLIC;
GRANT EXECUTE ON FUNCTION intake_whole_words, intake_sharing, intake_flag_observables, intake_await_masking,
    intake_takes_mail TO meldpunt_desk, meldpunt_jobs;
