from pathlib import Path

import pytest

from tests.data.reports import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty lake and a folder for files."""
    return Desk(tmp_path)
