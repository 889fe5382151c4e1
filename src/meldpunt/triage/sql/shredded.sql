-- What was typed about a report and not sent may repeat what was in its evidence: it goes in the deed that shreds that,
-- whoever shreds and through whichever door. The function runs as the owner, answers nobody, and cannot be called by a door.
CREATE FUNCTION triage_on_shredding() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM triage_draft WHERE report_id = NEW.about;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION triage_on_shredding FROM PUBLIC;
CREATE TRIGGER triage_drafts_are_dropped AFTER UPDATE OF shredded_at ON evidence_item FOR EACH ROW
WHEN (OLD.shredded_at IS NULL AND NEW.shredded_at IS NOT NULL) EXECUTE FUNCTION triage_on_shredding();
