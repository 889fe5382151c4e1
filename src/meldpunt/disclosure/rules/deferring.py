"""Whether a reporter may hear of a disclosure later, and until when at most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from meldpunt.law import Deferral, RecipientKind, deferral_ends, deferral_grounds, local_day

from ..errors import DeferralUnfit
from ..values import Deferred, Reader


def deferrals_for(recipients: Iterable[RecipientKind], at: datetime) -> tuple[Deferral, ...]:
    """The grounds of that day that fit every one of these recipients."""
    kinds = set(recipients)
    found = [deferral_grounds(local_day(at), kind) for kind in sorted(kinds)]
    return tuple(one for one in found[0] if all(one in others for others in found)) if found else ()


def check_deferral(deferred: Deferred | None, readers: Sequence[Reader], *, at: datetime) -> None:
    """Raise DeferralUnfit where no ground of that day covers every reader, or the term is longer than its longest."""
    if deferred is None:
        return
    fitting = deferrals_for((one.recipient for one in readers), at)
    ground = next((one for one in fitting if one.id == deferred.ground), None)
    if ground is None or any(one.is_origin for one in readers):
        raise DeferralUnfit("This ground does not let the reporter hear later of what goes to these readers.")
    last = deferral_ends(ground, at)
    if not at < deferred.until <= last:
        raise DeferralUnfit(
            "The reporter hears of it later than now, and at the latest on %(day)s.", day=f"{local_day(last):%d-%m-%Y}"
        )
