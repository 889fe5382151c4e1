"""A second process in which the other of two worlds is made and looked at: neither waits for the first.

Begun with the first test that asks, and ended with the last. What it is told comes in as a pickle, and so does what was
seen there go out.
"""

from __future__ import annotations

import logging
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.noninterference.comparing import Errand, Looked

_CHECKOUT = Path(__file__).resolve().parents[2]


@contextmanager
def beside() -> Iterator[Callable[[Errand], Future[Looked]]]:
    """Within the block errands are done by another process, one after the other."""
    folders = os.pathsep.join([str(_CHECKOUT), str(_CHECKOUT / "src")])
    other = subprocess.Popen(
        [sys.executable, "-m", __name__],
        env=os.environ | {"PYTHONPATH": folders},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert other.stdin is not None
    assert other.stdout is not None
    told, heard = other.stdin, other.stdout

    def send(errand: Errand) -> Looked:
        pickle.dump(errand, told)
        told.flush()
        looked: Looked = pickle.load(heard)
        return looked

    with other, ThreadPoolExecutor(max_workers=1) as waiting:
        yield lambda errand: waiting.submit(send, errand)
        told.close()


def main() -> None:
    """Do what is asked until nothing more is. What fails is written where errors are, and ends it."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    import django
    from django.test.utils import setup_test_environment

    django.setup()
    setup_test_environment(debug=False)
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    from tests.disclosure.servers import running
    from tests.noninterference.comparing import look_at

    with running() as office:
        while sys.stdin.buffer.peek(1):
            pickle.dump(look_at(office, pickle.load(sys.stdin.buffer)), answers)
            answers.flush()


if __name__ == "__main__":
    main()
