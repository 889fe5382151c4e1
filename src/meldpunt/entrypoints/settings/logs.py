"""What is written on standard error when something fails: where and what kind, never what it was about.

A message of an error quotes the row, the mail or the form on which it stumbled, and a log lies where no row policy
reaches.
"""

from __future__ import annotations

import logging
import time
import traceback
from types import TracebackType
from typing import Any, Final

Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutValues(logging.Formatter):
    """An error as its places in the code, its class and, where the database raised it, the state and what it broke."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%SZ"
    default_msec_format = None

    def formatException(self, ei: Raised) -> str:  # noqa: N802 - the name is that of `logging`
        """Every error in the chain, the first one first."""
        told, error = list[str](), ei[1]
        while error is not None:
            told.append("".join(traceback.format_tb(error.__traceback__)) + _kind(error))
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(reversed(told))


def _kind(error: BaseException) -> str:
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    said = getattr(error, "diag", None)
    parts = [getattr(said, part, None) for part in ("sqlstate", "table_name", "constraint_name")]
    return " ".join([name, *(str(part) for part in parts if part)])


LOGGING: Final[dict[str, Any]] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "lines": {"()": WithoutValues, "format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # Django's own handlers write to nobody where DEBUG is off and no ADMINS are named. An address that was not found is
    # no error of ours, and may hold what somebody guessed.
    "loggers": {"django": {"handlers": [], "level": "WARNING"}, "django.request": {"level": "ERROR"}},
}
