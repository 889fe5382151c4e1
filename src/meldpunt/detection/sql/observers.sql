-- How many participants saw an indicator, without a way to learn which: the sealed observers are counted here, and a
-- count below three never leaves, whoever asks. (FEWEST_OBSERVERS in values.py is this three.)
CREATE POLICY owner_counts_observers ON intake_reporter FOR SELECT TO meldpunt_owner
USING (observer_id IS NOT NULL AND EXISTS (SELECT FROM detection_sighting s
    WHERE s.report_id = intake_reporter.report_id));

CREATE FUNCTION detection_count_observers(indicators uuid[])
RETURNS TABLE (indicator uuid, observers bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
BEGIN ATOMIC
  SELECT s.indicator_id, count(DISTINCT r.observer_id)
    FROM detection_sighting s
    JOIN intake_reporter r ON r.report_id = s.report_id
   WHERE access_may('indicator.read') AND s.indicator_id = ANY (indicators)
   GROUP BY s.indicator_id
  HAVING count(DISTINCT r.observer_id) >= 3;
END;

REVOKE ALL ON FUNCTION detection_count_observers FROM PUBLIC;
GRANT EXECUTE ON FUNCTION detection_count_observers TO meldpunt_desk;
