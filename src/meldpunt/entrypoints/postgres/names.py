"""The names of the database roles; the doors' process settings and the row policies use these."""

OWNER = "meldpunt_owner"
APP = "meldpunt_app"
DESK = "meldpunt_desk"
PORTAL = "meldpunt_portal"
PUBLIC = "meldpunt_public"
SENSOR = "meldpunt_sensor"
JOBS = "meldpunt_jobs"

DOORS = (DESK, PORTAL, PUBLIC, SENSOR, JOBS)
