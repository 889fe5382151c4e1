"""Files that come in part by part, whatever form they belong to."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from meldpunt.entrypoints.web import tus
from meldpunt.entrypoints.web.gate import actor_of, open_to_strangers

# What proves where a request comes from is its own headers, which no page of another site can send (Fetch, 3.2), and
# the code in them, which no browser sends by itself.


@csrf_exempt
@open_to_strangers(reason="whoever holds the code of a draft sends its files")
def begin_file(request: HttpRequest) -> HttpResponse:
    """Announce a file under the code of a draft."""
    return tus.answer_files(request, actor_of(request))


@csrf_exempt
@open_to_strangers(reason="whoever holds the code of a draft sends its files")
def continue_file(request: HttpRequest, upload: UUID) -> HttpResponse:
    """How far it came, its next part, or its end."""
    return tus.answer_file(request, actor_of(request), upload)
