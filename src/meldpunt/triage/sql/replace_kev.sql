-- The entries of a catalogue, as columns; those of the one before were taken away in this transaction.
INSERT INTO triage_knownexploited (cve, vendor, product, name, added_on, due_on, action, is_ransomware)
SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::date[], %s::date[], %s::text[], %s::boolean[])
