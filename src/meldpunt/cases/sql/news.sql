-- What reporters added to the reports of open cases, and no case took over yet; newest first, under the row policies of
-- whoever looks. A stage that says nothing is no news. A report of a merged case counts for the case where the work goes
-- on. %(only)s: of this case alone.
WITH RECURSIVE going_on (case_id, top) AS (
    SELECT id, id FROM cases_case WHERE state = 'open' AND (%(only)s::uuid IS NULL OR id = %(only)s::uuid)
    UNION
    SELECT merged.other_id, going_on.top
    FROM cases_merge AS merged JOIN going_on ON merged.into_id = going_on.case_id
    WHERE merged.undone_at IS NULL
)
SELECT going_on.top, told.id, told.reference, added.stage, added.submitted_at
FROM going_on
JOIN cases_casereport AS held ON held.case_id = going_on.case_id AND held.taken_out_at IS NULL
JOIN intake_report AS told ON told.id = held.report_id
JOIN intake_submittedstage AS added ON added.report_id = held.report_id
WHERE (added.text <> '' OR added.answers <> '{}'::jsonb)
    AND NOT EXISTS (SELECT FROM cases_document AS kept
        WHERE kept.stage_id = added.id AND kept.case_id = held.case_id)
ORDER BY added.submitted_at DESC, added.id
LIMIT 100
