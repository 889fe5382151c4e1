"""Indicators as others give them: STIX, MISP, tables and plain lists."""
