-- Tried with each setting that row policies read, and each value that somebody could know or guess: {setting}, {value}.

SELECT set_config('meldpunt.{setting}', '{value}', true); SELECT * FROM intake_report; SELECT * FROM intake_words; SELECT * FROM intake_submittedstage

SELECT set_config('meldpunt.{setting}', '{value}', true); SELECT * FROM access_account; SELECT * FROM access_machinekey; SELECT * FROM access_people()

SELECT set_config('meldpunt.{setting}', '{value}', true); SELECT * FROM ledger_entry; SELECT * FROM disclosure_origin; SELECT * FROM disclosure_reader; SELECT * FROM openness_request

SELECT set_config('meldpunt.{setting}', '{value}', true); SELECT * FROM constituency_organisation; SELECT * FROM constituency_identity; SELECT * FROM evidence_item

SELECT set_config('meldpunt.{setting}', '{value}', true); SELECT * FROM detection_indicator; SELECT * FROM triage_consultation; SELECT * FROM advice_advice; SELECT * FROM openness_hearing
