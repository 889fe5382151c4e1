"""A feed comes in as the file it is."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Status
from pydantic import Field

from meldpunt.intake import actions as intake_actions

from ..keys import machine_of
from ..messages import ReceiptGiven, receipt_given
from ..once import file_of

FileName = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f/\\]+$")]


def forward_feed(request: HttpRequest, name: FileName) -> Status[ReceiptGiven]:
    """Receive a feed; what is in it says in which format it is, and `name` is its file name.

    A Shadowserver report; events of IntelMQ or n6 in JSON, as an array or one a line; abuse reports in X-ARF 4; MISP
    events; a STIX 2.1 bundle; a CSV for which the desk made a mapping. Each row that cannot be read is kept with its
    reason, and so is a file in no format that is known. Every row has an RSIT type; a class that has none is
    other/undetermined, and the report says so.
    """
    receipt = intake_actions.receive_feed(machine_of(request), raw=file_of(request), name=name)
    return Status(201, receipt_given(receipt))
