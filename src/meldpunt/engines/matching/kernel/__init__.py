"""The compiled twin of the grammar and the registry. It answers as they do or says that it is not sure.

What was compiled is kept beside the source. Numba looks whether the file of a function changed, and not whether one it
calls did: what is older than any file of this folder is therefore removed.
"""

from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent


def remove_stale(folder: Path) -> None:
    """Remove what was compiled before the newest source in the folder was written."""
    newest = max(path.stat().st_mtime_ns for path in folder.glob("*.py"))
    for path in (folder / "__pycache__").glob("*.nbi"):
        try:
            if path.stat().st_mtime_ns < newest:
                path.unlink()
        except OSError:
            # Another process removed it, or it is not ours to remove and was not ours to write.
            continue


remove_stale(FOLDER)
