from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture(autouse=True)
def key_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keys made in a test stay in its own folder."""
    monkeypatch.setattr(settings, "DATA", tmp_path)
    return tmp_path
