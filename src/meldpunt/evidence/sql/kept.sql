-- Items that are not shredded, with the last day each is kept: what goes first, first; what has no end yet, last. Terms are
-- counted on the local calendar, as `retention.RetentionRule.last_day` counts them; what came
-- after the end counts from when it came. What no rule names has no end.
WITH rule AS (
    SELECT * FROM jsonb_to_recordset(%(rules)s::jsonb) AS r(purpose text, after text, months int, days int, by text)
), kept AS (
    SELECT i.id, i.about, i.purpose, i.media_type, i.sealed_at, e.ended_at, r.by,
        ((CASE WHEN r.after = 'sealed' THEN i.sealed_at
            WHEN e.ended_at IS NOT NULL THEN greatest(e.ended_at, i.sealed_at) END AT TIME ZONE %(zone)s)::date
            + make_interval(months => r.months))::date + r.days AS until,
        EXISTS (SELECT FROM evidence_hold h WHERE h.about = i.about AND h.lifted_at IS NULL) AS is_held
    FROM evidence_item i
    LEFT JOIN evidence_ending e ON e.about = i.about
    LEFT JOIN rule r ON r.purpose = i.purpose
    WHERE i.shredded_at IS NULL
)
SELECT id, about, purpose, media_type, sealed_at, ended_at, until, is_held,
    coalesce(until < %(today)s AND NOT is_held, false) AS is_due
FROM kept
WHERE (NOT %(only_due)s OR (until < %(today)s AND NOT is_held))
    AND (%(by)s::text IS NULL OR by = %(by)s)
    AND (%(ids)s::uuid[] IS NULL OR id = ANY(%(ids)s))
ORDER BY until NULLS LAST, sealed_at, id
LIMIT %(most)s OFFSET %(past)s
