-- Each of these cases with all that was merged into it, directly or through another.
WITH RECURSIVE whole (top, part) AS (
    SELECT asked, asked FROM unnest(%s::uuid[]) AS asked
    UNION
    SELECT whole.top, merged.other_id
    FROM cases_merge AS merged JOIN whole ON merged.into_id = whole.part
    WHERE merged.undone_at IS NULL
)
SELECT top, part FROM whole
