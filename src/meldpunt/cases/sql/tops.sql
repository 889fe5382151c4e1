-- Each of these cases, and where the work on it goes on: itself, or what it was merged into in the end.
WITH RECURSIVE going_on (part, top) AS (
    SELECT asked, asked FROM unnest(%s::uuid[]) AS asked
    UNION
    SELECT going_on.part, merged.into_id
    FROM cases_merge AS merged JOIN going_on ON merged.other_id = going_on.top
    WHERE merged.undone_at IS NULL
)
SELECT part, top FROM going_on
WHERE NOT EXISTS (SELECT FROM cases_merge AS merged WHERE merged.other_id = top AND merged.undone_at IS NULL)
