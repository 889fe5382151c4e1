-- What the lines of one page of the queue are marked with: the first alarming word, when the reporter last added
-- something, how many look-alikes stand behind it, until when, whether it is unread for who looks, and when anything of
-- it last changed. Words are read masked, as everybody may.
SELECT r.id,
    coalesce(substring(left(r.title || ' ' || r.text, 1000) FROM %(alarming)s), ''),
    (SELECT max(s.submitted_at) FROM intake_submittedstage AS s
        WHERE s.report_id = r.id AND s.submitted_at > r.received_at),
    (SELECT count(*) FROM intake_report AS b WHERE b.behind = r.id),
    (SELECT max(b.received_at) FROM intake_report AS b WHERE b.behind = r.id),
    coalesce(l.news_by <> %(viewer)s::uuid, true) AND NOT EXISTS (
        SELECT FROM triage_reading AS g
        WHERE g.actor = %(viewer)s::uuid AND g.report_id = r.id AND g.at >= l.news_at),
    l.changed_at
FROM intake_report AS r
LEFT JOIN triage_line AS l ON l.report_id = r.id
WHERE r.id = ANY (%(only)s::uuid[])
