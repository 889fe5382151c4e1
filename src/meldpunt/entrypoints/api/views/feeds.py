"""A feed comes in as the file it is."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Status
from pydantic import Field

from meldpunt.intake import actions as intake_actions

from ..bodies import LARGEST_FEED, read_body
from ..keys import machine_of
from ..messages import ReceiptGiven, receipt_given

FileName = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f/\\]+$")]


def forward_feed(request: HttpRequest, name: FileName) -> Status[ReceiptGiven]:
    """Receive a Shadowserver report; `name` is its file name, which says what kind it is.

    Each row that cannot be read is kept with its reason, and so is a file without a header or rows.
    """
    raw = read_body(request, limit=LARGEST_FEED)
    return Status(201, receipt_given(intake_actions.receive_feed(machine_of(request), raw=raw, name=name)))
