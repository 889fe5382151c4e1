-- Whom a batch of feed rows belongs to: three arrays side by side (row, organisation or NULL, way of match).
UPDATE intake_feedrow AS kept
SET organisation_id = found.organisation, attributed_by = found.way, examined_at = %s
FROM unnest(%s::uuid[], %s::uuid[], %s::text[]) AS found (id, organisation, way)
WHERE kept.id = found.id
