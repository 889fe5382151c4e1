-- Each door has its own prefix of keys, and sees no other's.
GRANT SELECT, INSERT, UPDATE, DELETE ON web_cache TO meldpunt_desk, meldpunt_portal, meldpunt_public, meldpunt_sensor;

CREATE POLICY desk_own ON web_cache TO meldpunt_desk USING (cache_key LIKE 'desk:%');
CREATE POLICY portal_own ON web_cache TO meldpunt_portal USING (cache_key LIKE 'portal:%');
CREATE POLICY public_own ON web_cache TO meldpunt_public USING (cache_key LIKE 'public:%');
CREATE POLICY sensor_own ON web_cache TO meldpunt_sensor USING (cache_key LIKE 'sensor:%');
