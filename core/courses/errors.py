"""What can be wrong with lessons, quizzes and taking part, as named errors."""

from core.errors import Conflict, Invalid, NotFound
from core.i18n import Language, mark


class EnrolmentEnded(Conflict):
    """The enrolment is completed, failed or withdrawn, so that nothing can be added to it."""

    code = "enrolment_ended"
    message = mark("This enrolment has ended, so its lessons can no longer be completed.")


class VideoAddress(Invalid):
    """The address of a video is not one to link to."""

    code = "video_address"
    message = mark("A video's address begins with https:// and holds no name or password.")


class FileTooLarge(Invalid):
    """A lesson's file is larger than one may be."""

    code = "lesson_file_too_large"
    message = mark("{name} is larger than {most} MB.")


class UnknownFileKind(Invalid):
    """A lesson's file is of no known kind, or its bytes are not what its ending says."""

    code = "lesson_file_kind"
    message = mark("{name} is not a file of a kind that lessons take: {endings}.")


class LessonFileMissing(NotFound):
    """The record of a file is there, its bytes are not."""

    code = "lesson_file_missing"
    message = mark("The file {name} is no longer on this server. Tell whoever teaches the course.")


class QuizNotPassed(Conflict):
    """The lesson is completed by passing its quiz, and that has not happened."""

    code = "quiz_not_passed"
    message = mark("This lesson is done once its quiz is passed.")


class NoAttemptsLeft(Conflict):
    """Every attempt that the quiz allows has been used."""

    code = "no_attempts_left"
    message = mark("You have used every attempt at this quiz.")


class NoQuestions(Conflict):
    """A quiz without questions cannot be taken."""

    code = "no_questions"
    message = mark("This quiz has no questions yet.")


_FAULTS = {
    "text": mark("Question {number} asks nothing."),
    "options": mark("Question {number} needs at least two options, each said once."),
    "one_right": mark("Question {number} needs exactly one right option."),
    "some_right": mark("Question {number} needs at least one right option."),
    "value": mark("Question {number} needs a number, and a tolerance that is not below 0."),
    "accepted": mark("Question {number} needs at least one accepted answer."),
    "points": mark("Question {number} needs points above 0 and at most 1,000."),
}


class FaultyQuestion(Invalid):
    """A question could not be answered, or not be marked; ``field`` names what is wrong."""

    code = "faulty_question"

    def sentence(self, language: Language) -> str:
        """Which question, and what it needs."""
        return language(_FAULTS[self.data["field"]], number=self.data["number"])


class AlreadyAssessed(Conflict):
    """The course has graded work of this title already."""

    code = "already_assessed"
    message = mark("This course already has graded work called {title}.")


class NothingWritten(Invalid):
    """A message, a contest or an answer without a word."""

    code = "nothing_written"
    message = mark("Write a few words first.")


class AlreadyContested(Conflict):
    """An earlier contest of the same reason waits for its answer."""

    code = "already_contested"
    message = mark("You have contested this already; it waits for an answer.")


class ContestAnswered(Conflict):
    """Somebody has answered the contest, which closed it."""

    code = "contest_answered"
    message = mark("Somebody has answered this in the meantime.")
