"""Why a row was refused, in words."""

from core.i18n import mark

# code → sentence; the same words serve the table of counts through TITLES.
REASONS = {
    "row_broken": mark(
        "The row does not have as many values as the header has columns, or is far too long."
    ),
    "conflicting_rows": mark(
        "The file has several rows with the same key and different values; "
        "which of them is right cannot be told."
    ),
    "missing_course": mark("The row names no course: its module or presentation is blank."),
    "unknown_course": mark("The course is not in courses.csv, or was refused there."),
    "unreadable_presentation": mark("The presentation is not a year and B or J, such as 2014B."),
    "unreadable_length": mark("The length of the course is not a whole number of days."),
    "missing_assessment": mark("The row names no assessment."),
    "unknown_assessment": mark("The assessment is not in assessments.csv, or was refused there."),
    "unknown_type": mark("The kind of assessment is none of TMA, CMA and Exam."),
    "unreadable_weight": mark("The weight is not a number from 0 to 100."),
    "unreadable_day": mark("A day is not a whole number of days from the course's start."),
    "missing_student": mark("The row names no student."),
    "unknown_result": mark("The final result is none of Pass, Distinction, Fail and Withdrawn."),
    "unreadable_count": mark("Earlier attempts or credits are not a whole number."),
    "too_long": mark("A text that describes the student is longer than any real one."),
    "undescribed": mark(
        "The student of this course is not in studentInfo.csv, or was refused there."
    ),
    "unregistered": mark(
        "The student is not registered for this course in studentRegistration.csv, "
        "or was refused there."
    ),
    "unreadable_score": mark("The score is not a number."),
    "score_range": mark("The score is not between 0 and 100."),
    "unreadable_banked": mark("is_banked is neither 0 nor 1."),
}
TITLES = {
    "row_broken": mark("Malformed row"),
    "conflicting_rows": mark("Contradicting rows"),
    "missing_course": mark("No course"),
    "unknown_course": mark("Unknown course"),
    "unreadable_presentation": mark("Unreadable presentation"),
    "unreadable_length": mark("Unreadable length"),
    "missing_assessment": mark("No assessment"),
    "unknown_assessment": mark("Unknown assessment"),
    "unknown_type": mark("Unknown kind of assessment"),
    "unreadable_weight": mark("Unreadable weight"),
    "unreadable_day": mark("Unreadable day"),
    "missing_student": mark("No student"),
    "unknown_result": mark("Unknown result"),
    "unreadable_count": mark("Unreadable number"),
    "too_long": mark("Too long a text"),
    "undescribed": mark("Not in studentInfo"),
    "unregistered": mark("Not registered"),
    "unreadable_score": mark("Unreadable score"),
    "score_range": mark("Score out of range"),
    "unreadable_banked": mark("Unreadable banked mark"),
}
