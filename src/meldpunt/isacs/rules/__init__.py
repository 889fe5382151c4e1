"""Decisions of an ISAC: what may be posted, when it goes, and who may move a seat. No clock, no database."""
