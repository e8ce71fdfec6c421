"""The folder's files: their columns, the rules their rows must keep, and how values are read.

Conditions and expressions are SQL over a file's columns, all text, where blank is NULL.
"""

from dataclasses import dataclass

from core.i18n import mark

MODULE_KEY = ("code_module", "code_presentation")
RESULTS = {
    "Pass": "completed",
    "Distinction": "completed",
    "Fail": "failed",
    "Withdrawn": "withdrawn",
}
PASS_MARK = 40  # the Open University's, of every module
KINDS = {"TMA": "assignment", "CMA": "quiz", "Exam": "exam"}
# What is told of a learner, with the most characters that are kept.
ATTRIBUTES = {
    "gender": 20,
    "region": 100,
    "highest_education": 100,
    "imd_band": 20,
    "age_band": 20,
    "disability": 20,
}


@dataclass(frozen=True, slots=True)
class File:
    """One file. ``rules`` are codes with the condition under which a row breaks them."""

    name: str
    title: str  # marked
    columns: tuple[str, ...]
    key: tuple[str, ...]
    rules: tuple[tuple[str, str], ...]
    optional: tuple[str, ...] = ()  # columns that may be missing

    @property
    def table(self) -> str:
        """Where its rows are staged."""
        return f"given_{self.name}"


def _number(column: str) -> str:
    """NULL where the text is no number; DuckDB alone would read 1_000 as one."""
    return f"try_cast(CASE WHEN NOT contains({column}, '_') THEN {column} END AS DOUBLE)"


def _not_whole(column: str, least: int, most: int) -> str:
    whole = f"try_cast({_number(column)} AS INTEGER)"
    return (
        f"{column} IS NOT NULL AND ({whole} IS NULL OR {whole} <> {_number(column)} "
        f"OR {whole} NOT BETWEEN {least} AND {most})"
    )


_NO_COURSE = f"NOT ({' AND '.join(f'{name} IS NOT NULL' for name in MODULE_KEY)})"
_UNKNOWN_COURSE = f"({', '.join(MODULE_KEY)}) NOT IN (SELECT {', '.join(MODULE_KEY)} FROM courses)"
_IN_COURSE = (("missing_course", _NO_COURSE), ("unknown_course", _UNKNOWN_COURSE))
_NO_STUDENT = ("missing_student", "id_student IS NULL OR length(id_student) > 90")

COURSES = File(
    "courses",
    mark("Courses"),
    (*MODULE_KEY, "module_presentation_length"),
    MODULE_KEY,
    (
        ("missing_course", f"{_NO_COURSE} OR length(code_module) > 30"),
        ("unreadable_presentation", "NOT regexp_full_match(code_presentation, '20[0-9]{2}[BJ]')"),
        (
            "unreadable_length",
            "module_presentation_length IS NULL OR "
            + _not_whole("module_presentation_length", 1, 3660),
        ),
    ),
)
ASSESSMENTS = File(
    "assessments",
    mark("Assessments"),
    (*MODULE_KEY, "id_assessment", "assessment_type", "date", "weight"),
    ("id_assessment",),
    (
        *_IN_COURSE,
        ("missing_assessment", "id_assessment IS NULL OR length(id_assessment) > 90"),
        ("unknown_type", f"coalesce(assessment_type NOT IN {tuple(KINDS)}, true)"),
        ("unreadable_day", _not_whole("date", 0, 3660)),
        ("unreadable_weight", f"coalesce({_number('weight')} NOT BETWEEN 0 AND 100, true)"),
    ),
)
INFO = File(
    "studentInfo",
    mark("Learners"),
    (*MODULE_KEY, "id_student", "num_of_prev_attempts", "studied_credits", "final_result"),
    (*MODULE_KEY, "id_student"),
    (
        *_IN_COURSE,
        _NO_STUDENT,
        ("unknown_result", f"coalesce(final_result NOT IN {tuple(RESULTS)}, true)"),
        (
            "unreadable_count",
            f"({_not_whole('num_of_prev_attempts', 0, 1000)}) OR "
            f"({_not_whole('studied_credits', 0, 100_000)})",
        ),
        ("too_long", " OR ".join(f"length({name}) > {n}" for name, n in ATTRIBUTES.items())),
    ),
    optional=tuple(ATTRIBUTES),
)
REGISTRATION = File(
    "studentRegistration",
    mark("Registrations"),
    (*MODULE_KEY, "id_student", "date_registration", "date_unregistration"),
    (*MODULE_KEY, "id_student"),
    (
        *_IN_COURSE,
        _NO_STUDENT,
        (
            "unreadable_day",
            f"({_not_whole('date_registration', -3660, 3660)}) OR "
            f"({_not_whole('date_unregistration', -3660, 3660)})",
        ),
    ),
)
SUBMISSIONS = File(
    "studentAssessment",
    mark("Submissions"),
    ("id_assessment", "id_student", "date_submitted", "is_banked", "score"),
    ("id_assessment", "id_student"),
    (
        _NO_STUDENT,
        ("unknown_assessment", "id_assessment NOT IN (SELECT id_assessment FROM assessments)"),
        (
            "unregistered",
            """(id_assessment, id_student) NOT IN (
                SELECT a.id_assessment, e.id_student FROM assessments AS a
                INNER JOIN enrolments AS e USING (code_module, code_presentation))""",
        ),
        (
            "unreadable_day",
            "date_submitted IS NULL OR " + _not_whole("date_submitted", -3660, 3660),
        ),
        ("unreadable_score", f"score IS NOT NULL AND {_number('score')} IS NULL"),
        ("score_range", f"coalesce({_number('score')}, 0) NOT BETWEEN 0 AND 100"),
        ("unreadable_banked", "coalesce(is_banked NOT IN ('0', '1'), true)"),
    ),
)
FILES = (COURSES, ASSESSMENTS, INFO, REGISTRATION, SUBMISSIONS)
SET_ASIDE = ("vle.csv", "studentVle.csv")
NAMES = frozenset({*(f"{file.name}.csv" for file in FILES), *SET_ASIDE})
