-- The line of each report in the queue (triage_line), kept by the database itself, whoever writes and through whichever
-- door: so every order of the queue is an index, and no list sorts what is open. The functions run as the owner, answer
-- nobody, and cannot be called by a door.
-- What sorts a report, read anew from where it stands. moved_at: when something happened to it, if that is why;
-- is_news: whether whoever read it has to read it again; mover: who knows it because they did it.
CREATE FUNCTION triage_lay_line(laid uuid, moved_at timestamptz, is_news boolean, mover uuid) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp
AS $$
    -- Whoever lays the same line waits here, and reads in the next statement what the other committed. The report comes
    -- first: who changes it holds it already, so no two who decide, add and put right wait for each other.
    SELECT FROM intake_report AS held WHERE held.id = laid AND moved_at IS NOT NULL FOR NO KEY UPDATE;
    INSERT INTO triage_line AS line (report_id, is_open, state, channel, kind, sector, code, duty, began_at, gravity,
        weight, holder, holder_name, received_at, changed_at, news_at, news_by)
    SELECT r.id, r.state IN ('received', 'in-triage') AND r.behind IS NULL, r.state, r.channel, r.kind, r.sector,
        coalesce(o.code, ''),
        CASE WHEN r.kind = 'statutory' AND r.entity_kind <> '' THEN 0
            WHEN a.disruption = 'likely' THEN 1
            WHEN a.is_high OR r.channel IN ('web', 'mail', 'telephone') AND g.alarms THEN 1 ELSE 2 END,
        coalesce(r.aware_at, r.received_at),
        CASE WHEN a.disruption = 'likely' THEN 0 WHEN a.is_high OR g.alarms THEN 1
            WHEN a.disruption = 'possibly' THEN 2 ELSE 3 END,
        -coalesce(a.score, -1), t.actor, coalesce(t.name, ''), r.received_at,
        greatest(r.received_at, moved_at), CASE WHEN is_news THEN moved_at ELSE r.received_at END,
        CASE WHEN is_news THEN mover ELSE r.sent_by END
    FROM intake_report AS r
    LEFT JOIN constituency_organisation AS o ON o.id = r.organisation_id
    LEFT JOIN triage_assignment AS t ON t.report_id = r.id
    LEFT JOIN LATERAL (
        SELECT NOT one.is_blank AS stands, one.score, coalesce(nullif(one.override, ''), one.computed) AS disruption,
            NOT one.is_blank AND one.level IN ('high', 'severe', 'emergency') AS is_high,
            one.score IS NULL AND coalesce(nullif(one.override, ''), one.computed) <> 'no' AND one.rsit_type IN ('malicious-code/infected-system',
                'information-content-security/unauthorised-information-modification', 'availability/sabotage') AS is_borne_out
        FROM triage_assessment AS one WHERE one.report_id = r.id ORDER BY one.version DESC LIMIT 1) AS a ON true
    -- An alarming word counts until somebody assessed the report, and longer where the class bears it out and no score says
    -- otherwise: of RSIT what encrypts, alters or destroys (ransomware has no type of its own).
    CROSS JOIN LATERAL (SELECT (NOT coalesce(a.stands, false) OR a.is_borne_out)
        AND triage_is_alarming(r.title || ' ' || r.text) AS alarms) AS g
    WHERE r.id = laid
    ON CONFLICT (report_id) DO UPDATE SET
        is_open = excluded.is_open, state = excluded.state, kind = excluded.kind, sector = excluded.sector,
        code = excluded.code, duty = excluded.duty, began_at = excluded.began_at, gravity = excluded.gravity,
        weight = excluded.weight, holder = excluded.holder, holder_name = excluded.holder_name,
        changed_at = greatest(line.changed_at, moved_at),
        news_at = CASE WHEN is_news THEN greatest(line.news_at, moved_at) ELSE line.news_at END,
        news_by = CASE WHEN is_news AND moved_at >= line.news_at THEN mover ELSE line.news_by END
$$;
REVOKE ALL ON FUNCTION triage_lay_line FROM PUBLIC;

CREATE FUNCTION triage_on_report() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM triage_lay_line(NEW.id, NULL, false, NULL);
    RETURN NULL;
END $$;
CREATE TRIGGER triage_lines_come_in AFTER INSERT ON intake_report
FOR EACH ROW EXECUTE FUNCTION triage_on_report();
CREATE TRIGGER triage_lines_change AFTER UPDATE ON intake_report FOR EACH ROW
WHEN ((OLD.state, OLD.behind, OLD.kind, OLD.sector, OLD.entity_kind, OLD.organisation_id, OLD.title, OLD.text)
    IS DISTINCT FROM (NEW.state, NEW.behind, NEW.kind, NEW.sector, NEW.entity_kind, NEW.organisation_id, NEW.title, NEW.text))
EXECUTE FUNCTION triage_on_report();

-- The reporter adds, the desk decides, a party answers: that is news. Assessing and taking is not, but it is a change.
CREATE FUNCTION triage_on_stage() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM triage_lay_line(NEW.report_id, NEW.submitted_at, true, NEW.submitted_by);
    RETURN NULL;
END $$;
CREATE TRIGGER triage_lines_are_added_to AFTER INSERT ON intake_submittedstage
FOR EACH ROW EXECUTE FUNCTION triage_on_stage();

CREATE FUNCTION triage_on_decision() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM triage_lay_line(NEW.report_id, NEW.at, true, NEW."by");
    RETURN NULL;
END $$;
CREATE TRIGGER triage_lines_are_decided AFTER INSERT ON triage_decision
FOR EACH ROW EXECUTE FUNCTION triage_on_decision();

CREATE FUNCTION triage_on_view() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM triage_lay_line(asked.report_id, NEW.given_at, true, NEW.given_by)
    FROM triage_consultation AS asked WHERE asked.id = NEW.consultation_id;
    RETURN NULL;
END $$;
CREATE TRIGGER triage_lines_are_viewed AFTER INSERT ON triage_view
FOR EACH ROW EXECUTE FUNCTION triage_on_view();

CREATE FUNCTION triage_on_assessment() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM triage_lay_line(NEW.report_id, NEW.at, false, NULL);
    RETURN NULL;
END $$;
CREATE TRIGGER triage_lines_are_assessed AFTER INSERT ON triage_assessment
FOR EACH ROW EXECUTE FUNCTION triage_on_assessment();

CREATE FUNCTION triage_on_assignment() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM triage_lay_line(CASE WHEN TG_OP = 'DELETE' THEN OLD.report_id ELSE NEW.report_id END,
        CASE WHEN TG_OP = 'DELETE' THEN now() ELSE NEW.at END, false, NULL);
    RETURN NULL;
END $$;
CREATE TRIGGER triage_lines_are_taken AFTER INSERT OR DELETE ON triage_assignment
FOR EACH ROW EXECUTE FUNCTION triage_on_assignment();
