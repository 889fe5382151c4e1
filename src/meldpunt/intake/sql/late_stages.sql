-- Whether a stage came to what was decided already, and nobody waited for it: settled by the database, whoever adds. Who
-- decides holds the row of the report until the commit, so whoever adds in that moment waits and reads what was decided.
-- Nobody waits for what a reporter adds or puts right, nor for a stage of the law under what nobody works on. The
-- function runs as the owner, answers nobody, and cannot be called by a door.
CREATE FUNCTION intake_settle_stage() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    stands text;
BEGIN
    SELECT state INTO stands FROM intake_report WHERE id = NEW.report_id FOR NO KEY UPDATE;
    NEW.is_after_decision := coalesce(stands NOT IN ('received', 'kept', 'set-aside', 'in-triage')
        AND CASE NEW.stage
            WHEN 'addition' THEN true
            WHEN 'correction' THEN 'meldpunt_desk' NOT IN (session_user, current_setting('role'))
            ELSE stands IN ('declined', 'redirected') END, false);
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION intake_settle_stage FROM PUBLIC;
CREATE TRIGGER intake_stages_come_late BEFORE INSERT ON intake_submittedstage
FOR EACH ROW EXECUTE FUNCTION intake_settle_stage();
