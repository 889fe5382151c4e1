"""The demo, saying in each answer what it cost; for `meldpunt bench`."""

from __future__ import annotations

from meldpunt.entrypoints.settings.demo import *

MIDDLEWARE = ["meldpunt.entrypoints.web.timing.TimingMiddleware", *MIDDLEWARE]
