-- Whose turn it is to add to the tree: who locks the one row. An advisory lock would be anybody's who knows its number,
-- and a row is locked by nobody who may not write it.
CREATE TABLE ledger_turn (only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one));
INSERT INTO ledger_turn DEFAULT VALUES;
