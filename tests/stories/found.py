"""Founds the country of the story, with its people and their second factors, and plays nothing."""

from __future__ import annotations

import django

django.setup()

from meldpunt.access.values import JOB  # noqa: E402
from meldpunt.entrypoints.cli.story.country import found_country  # noqa: E402
from meldpunt.entrypoints.cli.story.second_factors import enrol_second_factors  # noqa: E402

enrol_second_factors(found_country(JOB))
