"""`meldpunt shell`: a Python shell. Nobody is bound, so no row shows until you `bound(actor)`."""

from __future__ import annotations

import code

import django


def run(arguments: list[str]) -> int:
    """Start the shell with the pieces one needs to look around."""
    django.setup()
    binding, values = _pieces()
    code.interact(
        banner="Meldpunt. Rows show inside: with bound(JOB): …",
        local={"bound": binding, **values},
    )
    return 0


def _pieces() -> tuple[object, dict[str, object]]:
    from meldpunt.access import binding, values  # noqa: PLC0415 - Django must be set up first

    return binding.bound, {"JOB": values.JOB, "STRANGER": values.STRANGER, "Actor": values.Actor}
