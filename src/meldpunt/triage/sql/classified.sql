-- What the overview counts: who compiles it reads neither reports nor assessments, so this function runs as the owner,
-- asks for the permission itself, and gives no word that anybody wrote.
CREATE FUNCTION triage_classified(first_day date, last_day date, zone text)
RETURNS TABLE (report uuid, sector text, organisation uuid, occurred date, class text, feed text, said text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT r.id, r.sector::text, r.organisation_id,
        coalesce(r.occurred_on, (r.received_at AT TIME ZONE zone)::date),
        (SELECT nullif(a.rsit_class, '')::text FROM triage_assessment AS a
            WHERE a.report_id = r.id ORDER BY a.version DESC LIMIT 1),
        r.feed::text,
        coalesce(r.answers ->> 'type', r.answers ->> 'classification', '')
    FROM intake_report AS r
    WHERE (SELECT access_may('figures.compile')) AND r.kept_reason = ''
        AND coalesce(r.occurred_on, (r.received_at AT TIME ZONE zone)::date)
            BETWEEN first_day AND last_day
$$;

REVOKE ALL ON FUNCTION triage_classified FROM PUBLIC;
GRANT EXECUTE ON FUNCTION triage_classified TO meldpunt_desk, meldpunt_jobs;
