"""The twenty reports come in, in their order."""

from __future__ import annotations

import django

django.setup()

from tests.stories.twenty import TWENTY  # noqa: E402

from meldpunt.access.values import STRANGER  # noqa: E402
from meldpunt.intake import actions as intake_actions  # noqa: E402
from meldpunt.intake.values import ReportForm  # noqa: E402

if __name__ == "__main__":
    for title, text in TWENTY:
        intake_actions.receive_report(STRANGER, form=ReportForm(title, text))
