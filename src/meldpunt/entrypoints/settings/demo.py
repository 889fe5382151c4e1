"""The demo: every door in one process on loopback, without TLS, with log-ins that everybody may know."""

from __future__ import annotations

import os

from meldpunt.access.rules.limiting import read_limits
from meldpunt.entrypoints.settings.house import *

DEMO = True
MUST_BE_SAID = ()
if not os.environ.get("MELDPUNT_LIMITS"):
    # Everybody in the demo comes from one address.
    DRAFTS_LIMIT = 10_000
    LIMITS = read_limits("network=600/600", known=LIMITS)
# The log-in page shows these passwords, so a costly hash would guard nothing and make the first run wait.
PASSWORD_HASHERS = ["meldpunt.entrypoints.settings.hashing.QuickArgon2"]
DEMO_PEOPLE = "meldpunt.entrypoints.cli.story.people.people_of"
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = False
SECURE_HSTS_SECONDS = 0
