-- Reports to which something was added after they were decided, and of which nobody of the desk did anything with that;
-- those that wait longest first. %(only)s: among these, or all of them.
SELECT s.report_id
FROM intake_submittedstage AS s
WHERE s.is_after_decision
    AND (cardinality(%(only)s::uuid[]) = 0 OR s.report_id = ANY (%(only)s::uuid[]))
    AND NOT EXISTS (SELECT FROM triage_followup AS f WHERE f.stage_id = s.id)
GROUP BY s.report_id
ORDER BY min(s.submitted_at)
LIMIT %(most)s
