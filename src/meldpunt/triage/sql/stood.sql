-- How many decisions, stages and versions of views stand about each of these reports.
SELECT r.id,
    (SELECT count(*) FROM triage_decision AS d WHERE d.report_id = r.id),
    (SELECT count(*) FROM intake_submittedstage AS s WHERE s.report_id = r.id),
    (SELECT count(*) FROM triage_view AS v JOIN triage_consultation AS c ON c.id = v.consultation_id
        WHERE c.report_id = r.id)
FROM intake_report AS r WHERE r.id = ANY(%s)
