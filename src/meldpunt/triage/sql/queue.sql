-- A page of the queue, under the row policies of whoever looks. Reports of intake are read by id and in order; nothing
-- is written here. A title is the true one where its words are not sealed for who looks, and else the masked one.
-- %(order)s: due = a statutory duty first, by when its clock began; the rest by age. gravest = by what the latest
-- assessment says of disruption and by its score, then as due. What nobody assessed yet comes after, but for what names
-- an alarming word in its first thousand characters: that comes behind a likely disruption, because nobody looked yet.
SELECT r.id, r.reference, r.channel, r.kind,
    coalesce((SELECT w.title FROM intake_words AS w WHERE w.report_id = r.id AND w.stage_id IS NULL), r.title),
    r.sector, r.organisation_id, r.received_at, r.state, r.kept_reason, count(*) OVER ()
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
    AND (%(assessed)s::boolean IS NULL OR %(assessed)s::boolean = EXISTS (
        SELECT FROM triage_assessment AS a WHERE a.report_id = r.id AND a.rsit_class <> ''))
    AND (cardinality(%(patterns)s::text[]) = 0
        OR r.id IN (SELECT intake_find_reports(p) FROM unnest(%(patterns)s::text[]) AS p))
ORDER BY
    CASE WHEN %(order)s = 'gravest' THEN coalesce(
        (SELECT CASE coalesce(nullif(a.override, ''), a.computed) WHEN 'likely' THEN 0 WHEN 'possibly' THEN 2 ELSE 3 END
            FROM triage_assessment AS a WHERE a.report_id = r.id ORDER BY a.version DESC LIMIT 1),
        CASE WHEN left(r.title || ' ' || r.text, 1000) ~ %(alarming)s THEN 1 ELSE 3 END) END,
    CASE WHEN %(order)s = 'gravest' THEN coalesce(
        (SELECT a.score FROM triage_assessment AS a WHERE a.report_id = r.id ORDER BY a.version DESC LIMIT 1), -1)
        END DESC,
    CASE WHEN %(order)s IN ('due', 'gravest') AND r.kind = 'statutory' AND r.entity_kind <> '' THEN 0 ELSE 1 END,
    CASE WHEN %(order)s = 'newest' THEN r.received_at END DESC,
    CASE WHEN %(order)s IN ('due', 'gravest') THEN coalesce(r.aware_at, r.received_at) ELSE r.received_at END,
    r.id
LIMIT %(limit)s OFFSET %(offset)s
