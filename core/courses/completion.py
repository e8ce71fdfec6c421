"""When a course is completed."""

from core.courses.grade import Grade
from core.courses.progress import Progress


def is_complete(progress: Progress, grade: Grade, pass_mark: int) -> bool:
    """Whether everything required is done and the grade reaches the pass mark.

    Nothing is taken for granted: while graded work has no score, the course is not complete.
    A course without required lessons rests on the grade, one without graded work on its
    lessons; one with neither is never completed.
    """
    if progress.required == 0 and grade.pieces == 0:
        return False
    if progress.completed < progress.required:
        return False
    return grade.pieces == 0 or (grade.graded_share == 1 and bool(grade.passes(pass_mark)))
