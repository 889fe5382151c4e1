"""The door of the command line: `meldpunt VERB`."""
