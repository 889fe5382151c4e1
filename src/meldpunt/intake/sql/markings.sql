-- How who told us marked what names this value, also where that is sealed for who asks: nobody outside is asked about it
-- because a colleague does not see why not. PAP has no field of its own: it stands in the words, as its label, also in
-- what was added later.
CREATE FUNCTION intake_markings(asked_kind text, asked text) RETURNS TABLE (tlp text, words text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT DISTINCT told.tlp::text, coalesce((SELECT string_agg(found[1], ' ')
        FROM regexp_matches(concat_ws(' ', told.title, told.text, (SELECT string_agg(w.title || ' ' || w.text, ' ')
            FROM intake_words AS w WHERE w.report_id = told.id)), '(PAP\s*:\s*[A-Z]+)', 'gi') AS found), '')
    FROM intake_observable AS named JOIN intake_report AS told ON told.id = named.report_id
    WHERE (SELECT access_may('report.complete')) AND named.value = asked AND named.kind = asked_kind
$$;

REVOKE ALL ON FUNCTION intake_markings FROM PUBLIC;
GRANT EXECUTE ON FUNCTION intake_markings TO meldpunt_desk;
