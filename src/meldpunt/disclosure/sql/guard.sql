-- Which moves a disclosure can make, whoever writes: a decision is made once, in one's own name, by different people
-- where the ground asks for it, and an end is an end.
CREATE FUNCTION disclosure_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT ((OLD.state = 'proposed' AND NEW.state IN ('waiting-for-approval', 'delivered', 'refused', 'withdrawn'))
        OR (OLD.state = 'waiting-for-approval' AND NEW.state IN ('delivered', 'refused', 'withdrawn'))
        OR (OLD.state = 'delivered' AND NEW.state IN ('superseded', 'withdrawn'))
        OR (OLD.state = 'superseded' AND NEW.state = 'withdrawn')) THEN
        RAISE EXCEPTION 'a disclosure does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.decided_by IS DISTINCT FROM OLD.decided_by
            AND (OLD.decided_by IS NOT NULL OR NEW.decided_by IS DISTINCT FROM public.access_actor()))
        OR (NEW.approved_by IS DISTINCT FROM OLD.approved_by
            AND (OLD.state <> 'waiting-for-approval' OR NEW.approved_by IS DISTINCT FROM public.access_actor()
                OR NEW.approved_by IN (OLD.proposed_by, OLD.decided_by)
                OR NOT public.access_may('disclosure.approve')))
        OR (NEW.withdrawn_by IS DISTINCT FROM OLD.withdrawn_by
            AND NEW.withdrawn_by IS DISTINCT FROM public.access_actor()) THEN
        RAISE EXCEPTION 'a decision is written once, in the name of who takes it' USING ERRCODE = 'check_violation';
    END IF;
    -- Superseded is a version only by one that was told, was proposed in its place, and by who decided that one.
    IF NEW.superseded_with_id IS DISTINCT FROM OLD.superseded_with_id AND NOT (OLD.superseded_with_id IS NULL
        AND NEW.state = 'superseded' AND NEW.superseded_by IS NOT DISTINCT FROM public.access_actor()
        AND EXISTS (SELECT FROM public.disclosure_disclosure d WHERE d.id = NEW.superseded_with_id
            AND d.supersedes_id = OLD.id AND d.state = 'delivered'
            AND coalesce(d.approved_by, d.decided_by) = public.access_actor())) THEN
        RAISE EXCEPTION 'a version is superseded by one that was told' USING ERRCODE = 'check_violation';
    END IF;
    -- Once four eyes were asked for they stay asked for, and no verdict changes after delivery.
    IF (OLD.four_eyes AND NOT NEW.four_eyes)
        OR (OLD.delivered_at IS NOT NULL AND (NEW.delivered_at, NEW.grounds, NEW.verdict)
            IS DISTINCT FROM (OLD.delivered_at, OLD.grounds, OLD.verdict)) THEN
        RAISE EXCEPTION 'what was decided stays decided' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER disclosure_guard BEFORE UPDATE ON disclosure_disclosure
FOR EACH ROW EXECUTE FUNCTION disclosure_guard();
