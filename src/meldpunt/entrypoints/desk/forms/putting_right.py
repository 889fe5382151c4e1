"""What kind of report it is after all, of which sector, and in which capacity they report."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from meldpunt.intake.values import Report, ReportKind

from ..choices import entity_kinds, sectors
from ..labels import choices_of


def _kinds() -> list[tuple[str, str]]:
    return choices_of(ReportKind)


class PutRight(forms.Form):
    """Shown with what stands now; the reporter reads the reason, and what stood before is kept."""

    kind = forms.ChoiceField(label=_("Kind"), choices=_kinds)
    sector = forms.ChoiceField(label=_("Sector"), required=False, choices=sectors)
    entity_kind = forms.ChoiceField(label=_("Capacity"), required=False, choices=entity_kinds)
    reason = forms.CharField(label=_("Why it is put right"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 2}))

    @classmethod
    def of(cls, report: Report) -> PutRight:
        """The form for a report as it stands."""
        stands = {"kind": report.kind.value, "sector": report.sector, "entity_kind": report.entity_kind}
        return cls(initial=stands, auto_id="right_%s")
