"""The verbs of `meldpunt ledger` and what they are given."""

from __future__ import annotations

import argparse
from importlib import import_module
from pathlib import Path

import django

from .checking import verify
from .ending import EX_CANTCREAT, EX_NOINPUT, SOUND, UNSOUND
from .witnessing import witness

__all__ = ["EX_CANTCREAT", "EX_NOINPUT", "SOUND", "UNSOUND", "run"]

KEEPING = f"{__package__}.keeping"


def run(arguments: list[str]) -> int:
    """Do one verb. Verify and witness end with 0 where everything fits and 1 where anything does not."""
    given = _parser().parse_args(arguments)
    if given.verb == "verify":
        return verify(given.file, given.key, given.witness)
    if given.verb == "witness":
        return witness(given.files, key=given.key, name=given.name, state=given.state, logs=given.log)
    django.setup()
    return int(import_module(KEEPING).VERBS[given.verb](given))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="meldpunt ledger")
    verbs = parser.add_subparsers(dest="verb", required=True)
    export = verbs.add_parser("export", help="write the ledger up to its last checkpoint; it tells no contents")
    export.add_argument("file", nargs="?", default="-", help="where to; - for the standard output")
    verbs.add_parser("checkpoint", help="sign the tree as it stands, and print the signed note")
    rotate = verbs.add_parser("rotate-key", help="sign with a new key from here on; an entry and both keys say so")
    rotate.add_argument("--old", choices=["keep", "destroy"], required=True, help="what becomes of the old secret")
    since = verbs.add_parser("consistency", help="print the last checkpoint with the proof of it for a witness")
    since.add_argument("--since", type=int, required=True, help="how many entries the witness saw last")
    cosigned = verbs.add_parser("cosigned", help="keep what a witness put under a checkpoint")
    cosigned.add_argument("file", type=Path, help="the cosigned checkpoint")
    cosigned.add_argument("--witness", required=True, metavar="VKEY", help="the verifier key of the witness")
    check = verbs.add_parser("verify", help="check an export or a file of proofs, offline")
    check.add_argument("file", type=Path)
    check.add_argument("--key", metavar="VKEY", help="a verifier key of the log, as its keeper published it")
    check.add_argument(
        "--witness", metavar="VKEY", action="append", default=[], help="ask for the cosignature of this witness"
    )
    look = verbs.add_parser("witness", help="compare a log with what was seen of it before, and cosign, offline")
    look.add_argument("files", nargs="+", type=Path, metavar="EXPORT|CHECKPOINT")
    look.add_argument("--key", type=Path, required=True, help="the file of the witness's own key; made if not there")
    look.add_argument("--name", help="the name of a key that is made, such as witness.example/ledger")
    look.add_argument("--state", type=Path, required=True, help="the file in which the witness remembers the log")
    look.add_argument(
        "--log", metavar="VKEY", action="append", default=[], help="a verifier key of the log; needed the first time"
    )
    return parser
