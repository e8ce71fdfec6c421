"""What can go wrong with a job itself."""

from core.errors import AppError, Conflict, Invalid
from core.i18n import mark


class LeaseLost(AppError):
    """Another worker took the job over; whatever this one still does must not count."""

    code = "lease_lost"
    status = 409
    message = mark("Another worker has taken over job {job_id}.")


class GaveUp(AppError):
    """The job stopped its worker too often to be tried again."""

    code = "gave_up"
    status = 500
    message = mark("This was tried {attempts} times and stopped each time before it was done.")


class Cancelled(AppError):
    """The person at the command line ended it."""

    code = "cancelled"
    status = 409
    message = mark("This was cancelled before it was done.")


class Unexpected(AppError):
    """A fault nobody named; the id finds it in the log."""

    code = "unexpected"
    status = 500
    message = mark("Something went wrong on our side. Tell an administrator the number {id}.")


class NoFileChosen(Invalid):
    """An import was asked for without a file."""

    code = "no_file_chosen"
    message = mark("Choose at least one file first.")


class SampleWorldBusy(Conflict):
    """A job that loads or removes the sample world is open already."""

    code = "sample_world_busy"
    message = mark("The sample world is being loaded or removed already. Wait until that is done.")
