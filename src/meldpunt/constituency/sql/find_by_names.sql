-- Which organisations go by each of these names (whatever the case) or have exactly this alias; under row security.
SELECT asked.name, known.organisation_id
FROM unnest(%s::text[]) AS asked (name)
JOIN constituency_identity AS known ON upper(known.name) = upper(asked.name)
UNION
SELECT asked.name, known.organisation_id
FROM unnest(%s::text[]) AS asked (name)
JOIN (SELECT organisation_id, unnest(aliases) AS alias FROM constituency_identity) AS known
    ON known.alias = asked.name
