-- Vulnerabilities of open reports, each once: those that somebody judged, by their latest version, and those that a report
-- names and nobody judged yet. Of several judgements the gravest counts.
-- %(order)s: ssvc = act, then what is known to be exploited and nobody judged, attend, track closely, not judged, track;
-- epss = likeliest first; due = by the day of the catalogue.
WITH latest AS (
    SELECT DISTINCT ON (v.report_id, v.cve) v.report_id, v.cve, v.outcome, v.score, v.is_blank
    FROM triage_vulnerability AS v ORDER BY v.report_id, v.cve, v.version DESC
), named AS (
    SELECT o.value AS cve, o.report_id, NULL AS outcome, NULL::float AS score
    FROM intake_observable AS o WHERE o.kind = 'cve'
    UNION ALL SELECT cve, report_id, outcome, score FROM latest WHERE NOT is_blank
), once AS (
    SELECT n.cve, max(n.score) AS score, min(l.received_at) AS since,
        min(CASE n.outcome WHEN 'AC' THEN 0 WHEN 'AT' THEN 2 WHEN 'T*' THEN 3 WHEN 'T' THEN 5 END) AS rank
    FROM named AS n JOIN triage_line AS l ON l.report_id = n.report_id
    WHERE l.state = ANY(%(states)s) GROUP BY n.cve
)
SELECT c.cve, c.score, e.probability, k.added_on, k.due_on
FROM once AS c
LEFT JOIN triage_exploitprobability AS e ON e.cve = c.cve
LEFT JOIN triage_knownexploited AS k ON k.cve = c.cve
ORDER BY
    CASE WHEN %(order)s = 'epss' THEN -e.probability END NULLS LAST,
    CASE WHEN %(order)s = 'due' THEN k.due_on END NULLS LAST,
    coalesce(c.rank, CASE WHEN k.cve IS NULL THEN 4 ELSE 1 END),
    e.probability DESC NULLS LAST, k.due_on NULLS LAST, c.score DESC NULLS LAST, c.since, c.cve
LIMIT %(limit)s OFFSET %(offset)s
