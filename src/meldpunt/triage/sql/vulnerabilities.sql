-- Vulnerabilities of open reports: those that somebody judged, by their latest version, and those that a report names and
-- nobody judged yet. Titles as in the queue: true where they are not sealed for who looks, and else masked.
-- %(order)s: ssvc = act, then what is known to be exploited and nobody judged, attend, track closely, not judged, track;
-- epss = likeliest first; due = by the day of the catalogue.
WITH judged AS (
    SELECT DISTINCT ON (v.report_id, v.cve) v.report_id, v.cve, v.outcome, v.probability, v.damage, v.score, v.at,
        v.is_blank
    FROM triage_vulnerability AS v ORDER BY v.report_id, v.cve, v.version DESC
), named AS (
    SELECT report_id, cve FROM judged WHERE NOT is_blank
    UNION SELECT o.report_id, o.value FROM intake_observable AS o WHERE o.kind = 'cve'
)
SELECT r.id, r.reference,
    coalesce((SELECT w.title FROM intake_words AS w WHERE w.report_id = r.id AND w.stage_id IS NULL), r.title),
    r.state, n.cve, j.outcome, j.probability, j.damage, j.score, e.probability, k.added_on, k.due_on, j.at
FROM named AS n
JOIN intake_report AS r ON r.id = n.report_id
LEFT JOIN judged AS j ON j.report_id = n.report_id AND j.cve = n.cve AND NOT j.is_blank
LEFT JOIN triage_exploitprobability AS e ON e.cve = n.cve
LEFT JOIN triage_knownexploited AS k ON k.cve = n.cve
WHERE r.state = ANY(%(states)s)
ORDER BY
    CASE WHEN %(order)s = 'epss' THEN -e.probability END NULLS LAST,
    CASE WHEN %(order)s = 'due' THEN k.due_on END NULLS LAST,
    CASE coalesce(j.outcome, '') WHEN 'AC' THEN 0 WHEN 'AT' THEN 2 WHEN 'T*' THEN 3 WHEN 'T' THEN 5
        ELSE CASE WHEN k.cve IS NULL THEN 4 ELSE 1 END END,
    e.probability DESC NULLS LAST, k.due_on NULLS LAST, j.score DESC NULLS LAST, r.received_at, r.id, n.cve
LIMIT %(limit)s OFFSET %(offset)s
