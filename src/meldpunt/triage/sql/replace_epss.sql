-- The rows of a day, as columns; those of the day before were taken away in this transaction.
INSERT INTO triage_exploitprobability (cve, probability, percentile)
SELECT * FROM unnest(%s::text[], %s::float8[], %s::float8[])
