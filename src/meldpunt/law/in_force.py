"""The law that this house runs under: that of the folder in `MELDPUNT_LAW`, else that of the Netherlands.

Read once, when the process starts. A folder that is no law stops it (LawDataInvalid): nobody gets a verdict on half a
law.
"""

import os
from collections.abc import Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from meldpunt.law.loading import load_law
from meldpunt.law.regimes import Law


def law_folder(environment: Mapping[str, str]) -> Traversable:
    """Where the law lies that such an environment asks for."""
    named = environment.get("MELDPUNT_LAW", "")
    return Path(named) if named else resources.files(__package__) / "data" / "nl"


FOLDER: Final[Traversable] = law_folder(os.environ)
IN_FORCE: Final[Law] = load_law(FOLDER)
