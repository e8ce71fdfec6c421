"""Whatever a folder holds, every row has one fate, and a second import changes nothing."""

from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from core.courses.models import Assessment, Course, Enrollment, Submission
from data.pipeline.oulad import importing
from tests.data.pipeline.oulad.folders import (
    Office,
    assessment,
    course,
    info,
    registration,
    submission,
)
from tests.database import sqlite_copy

ODD = st.sampled_from(["", "?", "NaN", "-1", "inf", "1,5", "x", "1e3", "1_0", " 7 ", "'", "=1"])
DAY = st.one_of(st.integers(-30, 300).map(str), ODD)
MODULE = st.sampled_from(["AAA", "AAA", "BBB", ""])
TIME = st.sampled_from(["2013J", "2013J", "2014B", "2014", ""])
STUDENT = st.sampled_from(["1", "2", "3", "a\nb", ""])
WORK = st.sampled_from(["1", "2", "3", ""])
PLACE = {"code_module": MODULE, "code_presentation": TIME}


def rows(make: object, most: int, **values: object) -> st.SearchStrategy[list[dict]]:
    return st.lists(st.builds(make, **values), min_size=1, max_size=most)


FILES = st.fixed_dictionaries(
    {
        "courses": rows(
            course, 4, **PLACE, module_presentation_length=st.one_of(st.integers(1, 300), ODD)
        ),
        "assessments": rows(
            assessment,
            8,
            number=WORK,
            **PLACE,
            assessment_type=st.sampled_from(["TMA", "CMA", "Exam", "x"]),
            date=DAY,
            weight=st.one_of(st.integers(0, 110), ODD),
        ),
        "studentInfo": rows(
            info,
            8,
            student=STUDENT,
            **PLACE,
            final_result=st.sampled_from(["Pass", "Fail", "Withdrawn", "x"]),
            studied_credits=st.one_of(st.integers(0, 200), ODD),
        ),
        "studentRegistration": rows(
            registration, 8, student=STUDENT, **PLACE, date_registration=DAY
        ),
        "studentAssessment": rows(
            submission,
            12,
            number=WORK,
            student=STUDENT,
            date_submitted=DAY,
            score=st.one_of(st.integers(0, 110), ODD),
            is_banked=st.sampled_from(["0", "1", ""]),
        ),
    }
)
HELD = {
    "courses": Course,
    "assessments": Assessment,
    "studentInfo": Enrollment,
    "studentRegistration": Enrollment,
    "studentAssessment": Submission,
}


@settings(max_examples=12, deadline=None)
@given(first=FILES, second=FILES)
def test_every_row_is_kept_duplicate_or_quarantined(
    sqlite_template: Path, first: dict[str, list[dict]], second: dict[str, list[dict]]
) -> None:
    with (
        patch.object(importing, "sync"),  # counted in the records; publishing is tested elsewhere
        TemporaryDirectory() as folder,
        sqlite_copy(sqlite_template, Path(folder) / "records.db") as engine,
    ):
        office = Office(engine, Path(folder))
        held = dict.fromkeys(HELD, 0)
        for files in (first, second):
            for name, report in office.take(files).items():
                assert len(files[name]) == report.rows_read
                assert report.rows_read == report.kept + report.duplicate + report.quarantined
                assert report.quarantined == sum(report.reasons.values())
                held[name] += report.kept - report.replaced
        found = {name: office.rows(select(func.count(model.id))) for name, model in HELD.items()}
        assert found == {name: [(number,)] for name, number in held.items()}
        again = office.take(second)
        assert [(report.kept, report.replaced) for report in again.values()] == [(0, 0)] * 5
