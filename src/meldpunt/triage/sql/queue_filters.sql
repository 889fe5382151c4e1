-- What the queue is narrowed to: what queue.sql, queue_by_age.sql and queue_count.sql share, where they say {filters}.
FROM intake_report AS r
LEFT JOIN triage_assignment AS taken ON taken.report_id = r.id
WHERE (cardinality(%(states)s::text[]) = 0 OR r.state = ANY (%(states)s::text[]))
    AND (cardinality(%(only)s::uuid[]) = 0 OR r.id = ANY (%(only)s::uuid[]))
    AND (%(sector)s = '' OR r.sector = %(sector)s)
    AND (%(channel)s = '' OR r.channel = %(channel)s)
    AND (%(kind)s = '' OR r.kind = %(kind)s)
    AND (%(organisation)s::uuid IS NULL OR r.organisation_id = %(organisation)s::uuid)
    AND (%(holder)s = '' OR %(holder)s = CASE
        WHEN taken.actor IS NULL THEN 'nobody' WHEN taken.actor = %(viewer)s::uuid THEN 'mine' ELSE 'colleague' END)
    AND (%(assessed)s::boolean IS NULL OR %(assessed)s::boolean = coalesce((
        SELECT a.rsit_class <> '' FROM triage_assessment AS a WHERE a.report_id = r.id ORDER BY a.version DESC LIMIT 1),
        false))
    AND (cardinality(%(patterns)s::text[]) = 0
        OR r.id IN (SELECT intake_find_reports(p) FROM unnest(%(patterns)s::text[]) AS p))
    {shown}
