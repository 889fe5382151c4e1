-- For the functions of proving.sql alone, which run as the owner; no door is granted anything.
CREATE POLICY owner_proves ON access_device TO meldpunt_owner USING (true);
