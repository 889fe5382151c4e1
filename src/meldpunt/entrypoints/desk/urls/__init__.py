"""The pages of this door: casework inward, and what goes outward."""

from __future__ import annotations

from meldpunt.access.values import Door
from meldpunt.entrypoints.web import account
from meldpunt.entrypoints.web.navigation import MENUS

from . import casework, lifelines, outward

urlpatterns = [*casework.urlpatterns, *lifelines.urlpatterns, *outward.urlpatterns, *account.urlpatterns]

MENUS[Door.DESK] = (*casework.MENU, *lifelines.MENU, *outward.MENU)

handler403 = "meldpunt.entrypoints.web.errors.forbidden"
handler404 = "meldpunt.entrypoints.web.errors.not_found"
handler500 = "meldpunt.entrypoints.web.errors.failed"
