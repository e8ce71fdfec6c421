"""Small folders of courses for tests, and the import of them."""

import csv
import uuid
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from core.db import reading
from core.i18n import DEFAULT
from data.lake import Lake
from data.pipeline.oulad.importing import import_oulad
from data.pipeline.report import FileReport
from data.warehouse.reader import Warehouse
from tests.data.reports import NOW, read

REAL = Path(__file__).parents[4].parent / "shared" / "data" / "oulad"
KEY = b"a key of the installation"

Row = dict[str, Any]
Files = dict[str, list[Row]]


def course(**changes: Any) -> Row:
    """A course that is held."""
    return {
        "code_module": "AAA",
        "code_presentation": "2013J",
        "module_presentation_length": 268,
        **changes,
    }


def assessment(number: int, **changes: Any) -> Row:
    """An assignment of that course."""
    return {
        "code_module": "AAA",
        "code_presentation": "2013J",
        "id_assessment": number,
        "assessment_type": "TMA",
        "date": 19,
        "weight": 10,
        **changes,
    }


def info(student: int | str, **changes: Any) -> Row:
    """A student of that course, who passed."""
    return {
        "code_module": "AAA",
        "code_presentation": "2013J",
        "id_student": student,
        "gender": "F",
        "region": "Wales",
        "highest_education": "HE Qualification",
        "imd_band": "10-20",
        "age_band": "0-35",
        "num_of_prev_attempts": 1,
        "studied_credits": 60,
        "disability": "N",
        "final_result": "Pass",
        **changes,
    }


def registration(student: int | str, **changes: Any) -> Row:
    """The registration of that student."""
    return {
        "code_module": "AAA",
        "code_presentation": "2013J",
        "id_student": student,
        "date_registration": -30,
        "date_unregistration": "",
        **changes,
    }


def submission(number: int, student: int | str, **changes: Any) -> Row:
    """What that student handed in."""
    return {
        "id_assessment": number,
        "id_student": student,
        "date_submitted": 18,
        "is_banked": 0,
        "score": 78,
        **changes,
    }


def small() -> Files:
    """One course with two assignments and an exam, two students, three submissions."""
    return {
        "courses": [course()],
        "assessments": [
            assessment(1),
            assessment(2, date=54, weight=20),
            assessment(3, assessment_type="Exam", date="", weight=100),
        ],
        "studentInfo": [info(10), info(11, final_result="Withdrawn")],
        "studentRegistration": [registration(10), registration(11, date_unregistration=40)],
        "studentAssessment": [submission(1, 10), submission(2, 10), submission(1, 11)],
    }


def write(folder: Path, files: Files) -> Path:
    """Write the files as CSV; the first row of each gives its header."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in files.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return folder


class Office:
    """Records and a lake, and someone who imports folders into them."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine = engine
        self.folder = folder
        self.lake = Lake(folder / "lake")
        self.warehouse = Warehouse(self.lake.folder)

    def take(self, files: Files, reader: str = DEFAULT) -> dict[str, FileReport]:
        """Import a folder of these files; the report of each by its name."""
        return self.take_folder(write(self.folder / uuid.uuid4().hex, files), reader)

    def take_folder(self, folder: Path, reader: str = DEFAULT) -> dict[str, FileReport]:
        """Import a folder that is there."""
        work = self.folder / f"work-{uuid.uuid4().hex}"
        work.mkdir()
        reports = import_oulad(
            self.engine,
            self.lake,
            folder,
            work=work,
            quarantine_dir=self.folder / "quarantine",
            pseudonym_key=KEY,
            progress=lambda _share, _step: None,
            now=NOW,
            reader=reader,
        )
        return {report.file.removesuffix(".csv"): report for report in reports}

    def rows(self, query: Any) -> list[tuple[Any, ...]]:
        """What a query finds in the records."""
        with reading(self.engine) as session:
            return [tuple(row) for row in session.execute(query)]


def counts(report: FileReport) -> tuple[int, int, int, int, int]:
    """Rows read, kept, duplicate, replaced and quarantined."""
    return (
        report.rows_read,
        report.kept,
        report.duplicate,
        report.replaced,
        report.quarantined,
    )


def refused(report: FileReport) -> list[Row]:
    """The refused rows as they can be downloaded."""
    return read(report.quarantine_path) if report.quarantine_path else []
