-- Whom reports are about: three arrays side by side (report, organisation or NULL, way of match).
UPDATE intake_report AS kept
SET examined_at = %s, organisation_id = found.organisation, attributed_by = found.way,
    -- Whom it befell may be graver than who leads: so it has a line of its own again.
    behind = CASE WHEN found.organisation IS NULL THEN kept.behind END,
    attributed_at = CASE WHEN found.organisation IS NULL THEN NULL ELSE %s END
FROM unnest(%s::uuid[], %s::uuid[], %s::text[]) AS found (id, organisation, way)
WHERE kept.id = found.id
