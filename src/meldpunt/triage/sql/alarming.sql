-- Whether words ask to be read first: the list of data/alarming_words.toml as it was when this was run. A line of the queue
-- keeps the answer, so a change of the list comes with laying all lines anew (laying.py).
CREATE OR REPLACE FUNCTION triage_is_alarming(words text) RETURNS boolean LANGUAGE sql IMMUTABLE
AS $$ SELECT left(words, 1000) ~ '{alarming}' $$;
