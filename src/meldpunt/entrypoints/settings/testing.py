"""The house under test: the same, with cheap password hashes and keys that go with the run."""

from __future__ import annotations

import os

from meldpunt.entrypoints.postgres import launcher

os.environ.setdefault("MELDPUNT_DATA", str(launcher.tests_folder()))

from meldpunt.access.rules.limiting import Limit, read_limits
from meldpunt.entrypoints.settings.house import *

PASSWORD_HASHERS = ["meldpunt.entrypoints.settings.hashing.QuickArgon2"]
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = False
SECURE_HSTS_SECONDS = 0
MUST_BE_SAID = ()
# Everybody in the tests comes from one address; those of the limits set their own.
LIMITS = read_limits(os.environ.get("MELDPUNT_LIMITS", ""), known={name: Limit(name, 0, 1) for name in LIMITS})
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
