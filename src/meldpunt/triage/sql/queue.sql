-- A page of the queue, under the row policies of whoever looks. Reports of intake are read by id and in order; nothing
-- is written here. A title is the true one where its words are not sealed for who looks, and else the masked one.
-- %(order)s: due = a statutory duty first, by when its clock began; then what people told with an alarming word and nobody
-- assessed, or it would wait behind all that machines sent before; the rest by age. gravest = by what the latest
-- assessment says of disruption and by its score, then as due. What nobody assessed yet comes after, but for what names
-- an alarming word in its first thousand characters: that comes behind a likely disruption, because nobody looked yet.
SELECT r.id, r.reference, r.channel, r.kind,
    coalesce((SELECT w.title FROM intake_words AS w WHERE w.report_id = r.id AND w.stage_id IS NULL), r.title),
    r.sector, r.organisation_id, r.received_at, r.state, r.kept_reason
{filters}
ORDER BY
    CASE WHEN %(order)s = 'gravest' THEN coalesce(
        (SELECT CASE WHEN a.is_blank THEN NULL WHEN coalesce(nullif(a.override, ''), a.computed) = 'likely' THEN 0
            WHEN coalesce(nullif(a.override, ''), a.computed) = 'possibly' THEN 2 ELSE 3 END
            FROM triage_assessment AS a WHERE a.report_id = r.id ORDER BY a.version DESC LIMIT 1),
        CASE WHEN left(r.title || ' ' || r.text, 1000) ~ %(alarming)s THEN 1 ELSE 3 END) END,
    CASE WHEN %(order)s = 'gravest' THEN coalesce(
        (SELECT a.score FROM triage_assessment AS a WHERE a.report_id = r.id ORDER BY a.version DESC LIMIT 1), -1)
        END DESC,
    CASE WHEN r.kind = 'statutory' AND r.entity_kind <> '' THEN 0
        WHEN r.channel IN ('web', 'mail', 'telephone') AND left(r.title || ' ' || r.text, 1000) ~ %(alarming)s
            AND coalesce((SELECT a.is_blank FROM triage_assessment AS a WHERE a.report_id = r.id
                ORDER BY a.version DESC LIMIT 1), true) THEN 1
        ELSE 2 END,
    coalesce(r.aware_at, r.received_at),
    r.id
LIMIT %(limit)s OFFSET %(offset)s
