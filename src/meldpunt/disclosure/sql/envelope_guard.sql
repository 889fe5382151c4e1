-- Row policies of one table are alternatives: what one lets be touched, another lets be written. So what a mail may become
-- is said here once more, whoever writes it. The role counts and no permission, as that is a claim of the process.
CREATE FUNCTION disclosure_envelope_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        -- The jobs too: else one that delivers could send what was sealed long ago to somebody it was not for.
        IF NOT EXISTS (SELECT FROM public.disclosure_delivery y
                JOIN public.disclosure_reader r ON r.id = y.reader_id
                JOIN public.disclosure_disclosure d ON d.id = y.disclosure_id
                WHERE y.id = NEW.delivery_id AND y.disclosure_id = NEW.disclosure_id
                AND CASE WHEN NEW.organisation IS NULL THEN y.channel = 'reporter-mail' AND r.kind = 'reporter'
                    ELSE y.channel IN ('mail', 'mail-notice') AND r.organisation = NEW.organisation END
                AND d.state = 'delivered' AND coalesce(d.approved_by, d.decided_by) = public.access_actor())
            OR EXISTS (SELECT FROM public.disclosure_version v WHERE v.disclosure_id = NEW.disclosure_id) THEN
            RAISE EXCEPTION 'mail is added by who seals, to a reader, before it is sealed' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF current_user <> 'meldpunt_jobs' THEN
        IF NEW.state <> OLD.state AND NOT (OLD.state = 'waiting' AND NEW.state = 'withdrawn'
                AND (NEW.settled_by, NEW.settled_at, NEW.settlement)
                    IS NOT DISTINCT FROM (OLD.settled_by, OLD.settled_at, OLD.settlement)
                AND EXISTS (SELECT FROM public.disclosure_disclosure d WHERE d.id = NEW.disclosure_id
                    AND d.state = 'withdrawn' AND d.withdrawn_by = public.access_actor())) THEN
            RAISE EXCEPTION 'how far a mail came is not for the desk to say' USING ERRCODE = 'check_violation';
        END IF;
        IF (NEW.settled_by, NEW.settled_at, NEW.settlement)
                IS DISTINCT FROM (OLD.settled_by, OLD.settled_at, OLD.settlement)
            AND NOT (OLD.trouble <> '' AND OLD.settled_at IS NULL AND NEW.settled_at IS NOT NULL
                AND NEW.settled_by IS NOT DISTINCT FROM public.access_actor()) THEN
            RAISE EXCEPTION 'an alarm is settled once, in the name of who does it' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER disclosure_envelope_guard BEFORE INSERT OR UPDATE ON disclosure_envelope
FOR EACH ROW EXECUTE FUNCTION disclosure_envelope_guard();
