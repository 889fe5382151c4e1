"""The tabs above the queue: what everybody asks of it, and the views that somebody keeps, with how much is in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from meldpunt.access.values import Actor
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import Attention, Holder, SavedView, SavedViewId

from .forms.queue import OF_A_VIEW, UNDECIDED, QueueForm

COUNTED = 999
KEYS = 9
_FOR_EVERYBODY: tuple[tuple[str | Promise, dict[str, str]], ...] = (
    (pgettext_lazy("queue", "All"), {"state": UNDECIDED}),
    (pgettext_lazy("queue", "Mine"), {"holder": Holder.MINE.value}),
    (pgettext_lazy("queue", "Nobody's"), {"holder": Holder.NOBODY.value}),
    (pgettext_lazy("queue", "Unread"), {"only": Attention.UNREAD.value}),
    (pgettext_lazy("queue", "Due today"), {"only": Attention.TODAY.value}),
    (pgettext_lazy("queue", "Standing still"), {"only": Attention.STALE.value}),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """One of them. `key` opens it, where one does; `view` is the one that somebody keeps."""

    name: str | Promise
    address: str
    is_current: bool
    key: str = ""
    view: SavedView | None = None
    is_landing: bool = False
    count: int = 0

    @property
    def counted(self) -> str:
        """How much is in it, counted no further than 999."""
        return f"{COUNTED}+" if self.count > COUNTED else str(self.count)


def tabs_of(viewer: Actor, shown: QueueForm) -> tuple[Tab, ...]:
    """Those of everybody, and then those that the viewer keeps or colleagues share."""
    views, landing = triage_queries.list_views(viewer), triage_queries.find_landing(viewer)
    forms = [*(read_form(asked) for _, asked in _FOR_EVERYBODY), *(read_form(view.asked) for view in views)]
    counts = triage_queries.count_views(viewer, views=[form.filters() for form in forms])
    here = shown.asked()
    fixed = [
        Tab(name, address_of(asked), form.asked() == here, key="0" if number == 0 else "", count=count)
        for number, ((name, asked), form, count) in enumerate(zip(_FOR_EVERYBODY, forms, counts, strict=False))
    ]
    kept = zip(views, forms[len(fixed) :], counts[len(fixed) :], strict=True)
    return (*fixed, *(_kept(number, *one, here=here, landing=landing) for number, one in enumerate(kept, start=1)))


def _kept(
    number: int, view: SavedView, form: QueueForm, count: int, *, here: Mapping[str, str], landing: SavedViewId | None
) -> Tab:
    return Tab(
        name=view.name,
        address=address_of(view.asked),
        is_current=form.asked() == here,
        key=str(number) if number <= KEYS else "",
        view=view,
        is_landing=view.id == landing,
        count=count,
    )


def landing_address(viewer: Actor) -> str:
    """Where the viewer's queue opens, if they chose a view; empty where they did not, or it is gone."""
    landing = triage_queries.find_landing(viewer)
    if landing is None:
        return ""
    found: Sequence[SavedView] = [view for view in triage_queries.list_views(viewer) if view.id == landing]
    return address_of(found[0].asked) if found else ""


def read_form(asked: Mapping[str, str]) -> QueueForm:
    """A list as an address, or a view that somebody keeps, asks for it; what is not understood narrows nothing."""
    query = QueryDict(mutable=True)
    query.update({"state": "", "order": "", **asked})
    form = QueueForm(query)
    form.is_valid()
    return form


def address_of(asked: Mapping[str, str]) -> str:
    """The address of a list within the page; the whole queue says that it is that."""
    said = {name: asked[name] for name in OF_A_VIEW if name in asked}
    return f"?{urlencode(said or {'state': UNDECIDED})}"
