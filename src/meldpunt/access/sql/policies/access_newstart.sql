-- For the functions of starting.sql alone, which run as the owner; no door is granted anything.
CREATE POLICY owner_proves ON access_newstart TO meldpunt_owner USING (true);
