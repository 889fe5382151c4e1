"""Nothing is told before it was shown: what a form confirms is what stood on the page it comes from."""

from __future__ import annotations

from django import forms

from meldpunt.disclosure.values import NOTHING_SEEN, Preview, Sight, seen_together

from .disclosures import Reason


class Confirming(forms.Form):
    """A form that is sent twice: to see who would read it, and to confirm that.

    `shown` stands on the page beside the fields (`desk/disclosures/seen.html`).
    """

    shown: Sight = NOTHING_SEEN

    def show(self, *previews: Preview) -> None:
        """Say that these previews are on the page."""
        self.shown = seen_together(one.sight for one in previews)

    @property
    def is_confirmed(self) -> bool:
        """Whether the button was pressed that stands under the preview."""
        return self.is_bound and "confirm" in self.data


class Confirm(Confirming, Reason):
    """Why; the preview stands on the same page from the beginning."""
