"""`meldpunt ledger VERB`: what its keeper does, and what others do with the files that the keeper hands out.

Keeper   export · checkpoint · rotate-key · consistency · cosigned
Others   verify · witness: nothing but the files, without database and settings
"""

from .command import EX_CANTCREAT, EX_NOINPUT, SOUND, UNSOUND, run

__all__ = ["EX_CANTCREAT", "EX_NOINPUT", "SOUND", "UNSOUND", "run"]
