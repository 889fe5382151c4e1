-- Where one organisation delivers both ends, it may read which of its services that is; `on_service_id` would tell the
-- portal's role who leans on whom. Whoever inserts sees both services, or else at the portal one's own alone.
CREATE FUNCTION services_inside() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    NEW.inside_id := (SELECT s.id FROM public.services_service s JOIN public.services_service o
        ON o.organisation_id = s.organisation_id AND o.id = NEW.of_service_id WHERE s.id = NEW.on_service_id);
    RETURN NEW;
END $$;

CREATE TRIGGER services_inside BEFORE INSERT ON services_dependency
FOR EACH ROW EXECUTE FUNCTION services_inside();
