"""Files written by hand after the exporters of Canvas, Moodle and Open edX."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from core.courses.gradebook import Form, Reason, UnknownForm, percent
from core.courses.gradebook_reading import read_gradebook

CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Essay (101),Exam (102),Assignments Current Score,\
Current Score,Final Score
,,,,,Manual Posting,,,,
    Points Possible,,,,,50,20,(read only),(read only),(read only)
"Lee, Ann",7,S1,ann@example.org,C1,40,EX,80,80,40
"Roy, Bob",8,S2,bob@example.org,C1,N/A,15.5,77.5,77.5,77.5
"Student, Test",9,,,C1,1,,,,
"""
MOODLE_GRADES = """\
First name,Last name,ID number,Institution,Department,Email address,Assignment: Essay (Real),\
Quiz: Exam (Percentage),Quiz: Exam (Letter),Course total (Real),Last downloaded from this course
Ann,Lee,S1,,,ann@example.org,40.00,"77,50 %",B,80.00,1714550000
Bob,Roy,S2,,,bob@example.org,-,-,-,-,1714550000
"""
MOODLE_COMPLETION = """\
,"Email address","Welcome","","Practice","2026-03-09 00:00:00"
"Ann Lee","ann@example.org","Completed","2026-03-02 10:00:00","Completed (achieved pass grade)",\
"2026-03-03 11:30:00"
"Bob Roy","bob@example.org","Not completed","","Completed (set by Ina)",""
"""
OPEN_EDX = """\
Student ID,Email,Username,Grade,Homework 1: Essay,Homework 2: Text,Homework (Avg),Exam,\
Cohort Name,Enrollment Track,Verification Status,Certificate Eligible,Certificate Delivered,\
Certificate Type,Enrollment Status
7,ann@example.org,ann,0.8,0.8,Not Attempted,0.4,0.775,Default,honor,N/A,Y,N,N/A,enrolled
8,bob@example.org,bob,0.0,Not Available,0.0,0.0,Not Attempted,Default,honor,N/A,N,N,N/A,enrolled
"""


def cells(text: str) -> dict[str, dict[str, str]]:
    book = read_gradebook(text.encode())
    return {one.name: {name: cell.text for name, cell in one.cells.items()} for one in book.lines}


def test_a_canvas_grade_book_tells_full_marks_and_leaves_totals_and_the_test_student_out() -> None:
    book = read_gradebook(CANVAS.encode())

    assert Form.CANVAS == book.form
    assert [("Essay", 50), ("Exam", 20)] == [(one.title, one.points) for one in book.columns]
    assert {
        "Lee, Ann": {"Essay (101)": "40"},
        "Roy, Bob": {"Exam (102)": "15.5"},
    } == cells(CANVAS)
    assert ("ann@example.org", "s1") == book.lines[0].keys
    assert [4, 5] == [one.number for one in book.lines]


def test_moodles_grades_tell_full_marks_of_percentages_only_and_the_total_is_no_work() -> None:
    book = read_gradebook(MOODLE_GRADES.encode())

    assert [("Essay", None), ("Exam", 100)] == [(one.title, one.points) for one in book.columns]
    assert {"Assignment: Essay (Real)": "40.00", "Quiz: Exam (Percentage)": "77,50 %"} == cells(
        MOODLE_GRADES
    )["Ann Lee"]
    assert {} == cells(MOODLE_GRADES)["Bob Roy"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_moodles_activity_completion_has_a_state_and_a_moment_for_each_activity(
    encoding: str,
) -> None:
    text = MOODLE_COMPLETION.replace(",", "\t") if encoding == "utf-16" else MOODLE_COMPLETION
    ann, bob = read_gradebook(text.encode(encoding)).lines

    assert [datetime(2026, 3, 2, 10, tzinfo=UTC), datetime(2026, 3, 3, 11, 30, tzinfo=UTC)] == [
        cell.at for cell in ann.cells.values()
    ]
    assert {"Practice": None} == {name: cell.at for name, cell in bob.cells.items()}


def test_an_open_edx_report_tells_shares_and_its_averages_and_status_are_no_work() -> None:
    book = read_gradebook(OPEN_EDX.encode())

    assert ["Homework 1: Essay", "Homework 2: Text", "Exam"] == [one.title for one in book.columns]
    assert {"ann": ["0.8", "0.775"], "bob": ["0.0"]} == {
        name: list(row.values()) for name, row in cells(OPEN_EDX).items()
    }


def test_another_table_is_refused() -> None:
    with pytest.raises(UnknownForm):
        read_gradebook(b"Campaign,Cost\nA,1\n")


@pytest.mark.parametrize(
    ("text", "points", "found"),
    [
        ("40", 50, Decimal(80)),
        ("77,5 %", 100, Decimal("77.50")),
        ("0.775", 1, Decimal("77.50")),
        ("1", 3, Decimal("33.33")),
        ("60", 50, Reason.OUT_OF_RANGE),
        ("-1", 50, Reason.OUT_OF_RANGE),
        ("A+", 50, Reason.NOT_A_SCORE),
        ("NaN", 50, Reason.NOT_A_SCORE),
        ("1", 0, Reason.NOT_A_SCORE),
    ],
)
def test_a_cell_is_a_score_of_100_or_says_why_it_is_none(
    text: str, points: int, found: Decimal | Reason
) -> None:
    assert found == percent(text, Decimal(points))
