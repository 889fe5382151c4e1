-- What the lines of one page of the queue are marked with: the first alarming word, when the reporter last added
-- something, and how many look-alikes stand behind it, until when. Words are read masked, as everybody may.
SELECT r.id,
    coalesce(substring(left(r.title || ' ' || r.text, 1000) FROM %(alarming)s), ''),
    (SELECT max(s.submitted_at) FROM intake_submittedstage AS s
        WHERE s.report_id = r.id AND s.submitted_at > r.received_at),
    (SELECT count(*) FROM intake_report AS b WHERE b.behind = r.id),
    (SELECT max(b.received_at) FROM intake_report AS b WHERE b.behind = r.id)
FROM intake_report AS r
WHERE r.id = ANY (%(only)s::uuid[])
