-- Which organisations go by each of these names, under row security: 0 where they do so whatever the case, or have exactly
-- this alias; 1 where the words are the same without the signs between them and the legal form behind them.
WITH asked AS (SELECT DISTINCT name FROM unnest(%s::text[]) AS asked (name)),
known AS MATERIALIZED (SELECT organisation_id, name, aliases FROM constituency_identity),
bare AS MATERIALIZED (
    SELECT name, regexp_replace(btrim(regexp_replace(lower(name), '[^[:alnum:]]+', ' ', 'g')),
        '( (b v|bv|n v|nv|v o f|vof|u a|ua|inc|llc|llp|lp|plc|pllc|pc|pa|ltd|corp|corporation|co|company|gmbh|ag|sa))+$',
        '') AS words
    FROM (SELECT name FROM asked UNION SELECT name FROM known) AS spelled)
SELECT asked.name, known.organisation_id, 0 FROM asked JOIN known ON upper(known.name) = upper(asked.name)
UNION
SELECT asked.name, known.organisation_id, 0
FROM asked JOIN (SELECT organisation_id, unnest(aliases) AS alias FROM known) AS known ON known.alias = asked.name
UNION
SELECT asked.name, known.organisation_id, 1
FROM asked JOIN bare AS said ON said.name = asked.name AND said.words <> ''
JOIN bare AS meant ON meant.words = said.words JOIN known ON known.name = meant.name
