-- For the functions of limits.sql alone, which run as the owner; no door is granted anything.
CREATE POLICY owner_counts ON access_spent TO meldpunt_owner USING (true);
