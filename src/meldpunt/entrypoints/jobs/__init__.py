"""The door of the platform itself: what it does in the background, under the database role `meldpunt_jobs`."""
