-- A page of the queue, under the row policies of whoever looks. Which reports is settled first, by {narrowed} in the order
-- of an index where there is one (queries/ordering.py), and only those are read. It goes on after a line and not after a
-- count, so what came in meanwhile neither repeats nor hides one. A title is the true one where its words are not sealed for
-- who looks, and else the masked one.
SELECT r.id, r.reference, r.channel, r.kind,
    coalesce((SELECT w.title FROM intake_words AS w WHERE w.report_id = r.id AND w.stage_id IS NULL), r.title),
    r.sector, r.organisation_id, r.received_at, r.state, r.kept_reason, {picked}
FROM (
    SELECT {keys} {narrowed} {beyond}
    ORDER BY {order}
    LIMIT %(limit)s OFFSET %(offset)s
) AS picked
JOIN intake_report AS r ON r.id = picked.report
ORDER BY {again}
