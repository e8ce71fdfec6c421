from pathlib import Path

import pytest

from core.documents.errors import OfficeHangs, OfficeMissing, OfficeRefuses
from core.documents.office import PROFILE_AFTER, Office


def command(folder: Path, script: str) -> str:
    """A program that stands for LibreOffice."""
    file = folder / "office"
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return str(file)


def test_one_that_hangs_is_ended_and_said_so(tmp_path: Path) -> None:
    office = Office(command(tmp_path, "sleep 600"), seconds=0.2)
    with pytest.raises(OfficeHangs):
        office.pdf(b"content")


def test_a_file_that_gives_no_pdf_is_named(tmp_path: Path) -> None:
    with pytest.raises(OfficeRefuses) as refused:
        Office(command(tmp_path, "exit 0")).pdf(b"content")
    assert "document.docx" == refused.value.data["files"]


def test_where_it_is_not_installed_that_is_said() -> None:
    with pytest.raises(OfficeMissing):
        Office("there-is-no-such-office").pdf(b"content")


def test_its_profile_is_renewed_after_a_hundred_documents(tmp_path: Path) -> None:
    log = tmp_path / "log"
    script = f'echo "$1" >> {log}; echo PDF > "$6/document.pdf"'
    office = Office(command(tmp_path, script))
    for _ in range(PROFILE_AFTER + 1):
        office.pdf(b"content")
    profiles = log.read_text().split()
    assert 1 == len(set(profiles[:PROFILE_AFTER]))
    assert profiles[-1] not in profiles[:PROFILE_AFTER]
    office.close()
