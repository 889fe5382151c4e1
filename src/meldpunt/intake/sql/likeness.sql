-- Which reports are worded alike, found without comparing a report with every other. Of the words anybody at the desk
-- may read (the masked ones) sixteen numbers are kept: two texts that share a part J of their pairs of
-- words have one of them in common with a chance of 1 - (1 - J^3)^16 (Broder 1997, Leskovec et al. 2020, 3.4): 0.35 at
-- J = 0.3, 0.88 at 0.5, and one in eight thousand at 0.02. Only the first 3,000 characters count.
CREATE FUNCTION intake_sketch(words text) RETURNS integer[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog
AS $$
    WITH word AS (SELECT found[1] AS said, place
        FROM regexp_matches(lower(left(words, 3000)), '\w+', 'g') WITH ORDINALITY AS one (found, place)),
    pair AS (SELECT DISTINCT ('x' || left(md5(said || ' ' || lead(said, 1, '') OVER (ORDER BY place)), 8))
        ::bit(32)::bigint & 4294967295 AS hashed FROM word),
    low AS (SELECT turn, min((hashed * ((turn * 2654435761 + 1013904223) % 2147483647 | 1) + turn * 1299709)
        % 2147483647) AS least FROM pair CROSS JOIN generate_series(0, 47) AS turn GROUP BY turn)
    SELECT coalesce(array_agg(kept.band ORDER BY kept.band), '{}') FROM (
        SELECT (sum(least * (turn % 3 * 7919 + 31) % 2147483647) + turn / 3 * 1000003)::bigint % 2147483647 AS band
        FROM low GROUP BY turn / 3) AS kept
$$;

-- A column, not an index of the expression: it is computed when the words change, and not at every change of state.
ALTER TABLE intake_report ADD COLUMN sketch integer[] NOT NULL
    GENERATED ALWAYS AS (intake_sketch(title || ' ' || text)) STORED;

CREATE INDEX report_sketch ON intake_report USING gin (sketch);

-- Ids only, of reports that the desk may read anyway; as the owner, because under a row policy the index is not used. They
-- are found first and sorted then: asked for the newest sixty at once, PostgreSQL goes over all reports from the newest on.
CREATE FUNCTION intake_alike(asked uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    WITH alike AS MATERIALIZED (
        SELECT other.id, other.received_at
        FROM intake_report AS mine JOIN intake_report AS other ON other.sketch && mine.sketch
        WHERE (SELECT access_may('report.read')) AND mine.id = asked AND other.id <> asked
    )
    SELECT id FROM alike ORDER BY received_at DESC, id LIMIT 60
$$;

REVOKE ALL ON FUNCTION intake_sketch, intake_alike FROM PUBLIC;
GRANT EXECUTE ON FUNCTION intake_alike TO meldpunt_desk;
-- Whoever writes a report writes it into the index.
GRANT EXECUTE ON FUNCTION intake_sketch TO meldpunt_desk, meldpunt_portal, meldpunt_public, meldpunt_sensor, meldpunt_jobs;
