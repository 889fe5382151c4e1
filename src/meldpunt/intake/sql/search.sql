-- Text search for the desk. A query under a row policy cannot use the trigram index (`~~*` is not leakproof, so it
-- may not run before the policy); this function runs as the owner, asks for the permission itself, and gives ids only.
-- Everybody finds by the masked words. By the true ones is found what is not sealed for who asks: the condition is
-- that of intake_words, because a guess that hits would tell the name as well as a page that shows it.
-- Searched are a report, the reference its sender gave it, and what its reporter added (for who works on reports:
-- nobody else has a page that shows it); of a feed the addresses and host names of its rows, whole, because a trigram
-- of every row of every feed would cost more than it finds.
CREATE INDEX report_words ON intake_report USING gin ((reference || ' ' || title || ' ' || left(text, 8000)
    || ' ' || coalesce(answers ->> 'source_reference', '')) gin_trgm_ops);

CREATE INDEX stage_words ON intake_submittedstage USING gin (left(text, 8000) gin_trgm_ops);

CREATE INDEX words_searched ON intake_words USING gin ((title || ' ' || left(text, 8000)
    || ' ' || coalesce(answers ->> 'source_reference', '')) gin_trgm_ops);

CREATE INDEX feed_row_address ON intake_feedrow (host(address)) WHERE address IS NOT NULL;

CREATE INDEX feed_row_host ON intake_feedrow (lower(left(host, 255))) WHERE host <> '';

-- What a pattern asks, without its wildcards: `%a\_b%` is a_b.
CREATE FUNCTION intake_asked(pattern text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog
AS $$ SELECT regexp_replace(regexp_replace(pattern, '^%|(?<!\\)%$', '', 'g'), '\\(.)', '\1', 'g') $$;

-- The pattern, or where it ends in half an escape the pattern that ends in a backslash. ILIKE raises an error at such
-- an end, but only where the text before it is there: that would tell of a sealed text what it says.
CREATE FUNCTION intake_whole(pattern text) RETURNS text
LANGUAGE sql IMMUTABLE
RETURN pattern || CASE WHEN pattern ~ '(?<!\\)(\\\\)*\\$' THEN '\' ELSE '' END;

CREATE FUNCTION intake_find_reports(pattern text) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    WITH unsealed AS (SELECT organisation_id FROM constituency_unsealing
        WHERE actor = (SELECT access_actor()) AND lapses_at > now())
    SELECT id FROM intake_report
    WHERE (SELECT access_may('report.read'))
    AND reference || ' ' || title || ' ' || left(text, 8000)
        || ' ' || coalesce(answers ->> 'source_reference', '') ILIKE intake_whole(pattern)
    UNION
    SELECT report_id FROM intake_submittedstage
    WHERE (SELECT access_may('report.complete')) AND left(text, 8000) ILIKE intake_whole(pattern)
    UNION
    SELECT words.report_id FROM intake_words AS words JOIN intake_report AS report ON report.id = words.report_id
    WHERE (SELECT access_may('report.read')) AND (words.stage_id IS NULL OR (SELECT access_may('report.complete')))
    AND words.title || ' ' || left(words.text, 8000)
        || ' ' || coalesce(words.answers ->> 'source_reference', '') ILIKE intake_whole(pattern)
    AND CASE WHEN report.organisation_id IS NULL THEN (SELECT access_may('report.complete'))
        ELSE report.organisation_id IN (SELECT organisation_id FROM unsealed) END
    UNION
    SELECT named.report_id FROM intake_feedrow AS named
    WHERE (SELECT access_may('report.read'))
    AND ((named.address IS NOT NULL AND host(named.address) = intake_asked(pattern))
        OR (named.host <> '' AND lower(left(named.host, 255)) = lower(intake_asked(pattern))))
    AND (named.organisation_id IS NULL OR named.organisation_id IN (SELECT organisation_id FROM unsealed))
$$;

-- Rows of feeds with this address or host: fifty, of nobody or of whom is unsealed for who asks, as in the search above
-- and for the same reason.
CREATE FUNCTION intake_rows_naming(asked text) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT named.id FROM intake_feedrow AS named
    WHERE (SELECT access_may('report.read'))
    AND ((named.address IS NOT NULL AND host(named.address) = asked)
        OR (named.host <> '' AND lower(left(named.host, 255)) = lower(asked)))
    AND (named.organisation_id IS NULL OR named.organisation_id IN (SELECT organisation_id
        FROM constituency_unsealing WHERE actor = (SELECT access_actor()) AND lapses_at > now()))
    LIMIT 50
$$;

REVOKE ALL ON FUNCTION intake_asked, intake_whole, intake_find_reports, intake_rows_naming FROM PUBLIC;
GRANT EXECUTE ON FUNCTION intake_find_reports, intake_rows_naming TO meldpunt_desk, meldpunt_jobs;
