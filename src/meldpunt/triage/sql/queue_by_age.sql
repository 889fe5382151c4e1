-- A page of the queue by age, as queue.sql otherwise. It goes on after a line and not after a count: so it reads an
-- index from there, however long the list, and what came in meanwhile neither repeats nor hides a line.
-- {direction} is DESC or ASC, {beyond} < or >.
SELECT r.id, r.reference, r.channel, r.kind,
    coalesce((SELECT w.title FROM intake_words AS w WHERE w.report_id = r.id AND w.stage_id IS NULL), r.title),
    r.sector, r.organisation_id, r.received_at, r.state, r.kept_reason
{filters}
    AND (%(after_at)s::timestamptz IS NULL
        OR (r.received_at, r.id) {beyond} (%(after_at)s::timestamptz, %(after_id)s::uuid))
ORDER BY r.received_at {direction}, r.id {direction}
LIMIT %(limit)s
