import os
from pathlib import Path

import pytest
from sqlalchemy import Engine

from core import clock
from core.accounts.access import Principal, Role
from core.db import reading, unit_of_work
from core.documents.batch import service
from core.documents.batch.errors import BatchFileMissing, NoRowToMake
from core.documents.errors import FormatNotOffered
from core.errors import Forbidden, NotFound
from core.i18n import language
from core.jobs.models import Job, JobKind
from core.jobs.worker import Progress, run_one
from tests.core.documents.batch.rows import LETTER, letters, table
from tests.core.documents.made import FiguresAtHand, report_figures
from tests.core.documents.records import person, template_id

EN = language("en")


def requested(
    engine: Engine, who: Principal, folder: Path, rows: bytes, ending: str = "eml"
) -> Job:
    with unit_of_work(engine) as session:
        wanted = template_id(session, LETTER)
        return service.request_batch(
            session, who, wanted, rows, ending=ending, code="en", t=EN, batches_dir=folder
        )


def worked(engine: Engine, folder: Path) -> bool:
    figures = FiguresAtHand(report_figures())

    def make(job: Job, progress: Progress) -> dict[str, object]:
        return service.make_batch(engine, job, progress, figures=figures, batches_dir=folder)

    return run_one(engine, {JobKind.MAKE_BATCH: make})


def somebody(engine: Engine, *roles: Role) -> Principal:
    with unit_of_work(engine) as session:
        return person(session, *roles)


def test_a_batch_is_made_by_a_job_and_fetched_by_whom_it_is_for(
    engine: Engine, tmp_path: Path
) -> None:
    me, other = somebody(engine, Role.STAFF), somebody(engine, Role.ADMIN)
    job = requested(engine, me, tmp_path, table(letters(2)))
    with reading(engine) as session, pytest.raises(NotFound):
        service.zip_of(session, me, job.id, tmp_path)  # not made yet
    assert worked(engine, tmp_path)
    with reading(engine) as session:
        done = session.get_one(Job, job.id)
        assert {"rows": 2, "made": 2, "held_back": 0, "refused": 0} == done.result
        assert service.zip_of(session, me, job.id, tmp_path).path.is_file()
        with pytest.raises(NotFound):
            service.zip_of(session, other, job.id, tmp_path)


def test_a_table_without_one_good_row_is_not_begun(sqlite_engine: Engine, tmp_path: Path) -> None:
    me = somebody(sqlite_engine, Role.STAFF)
    with pytest.raises(NoRowToMake):
        requested(sqlite_engine, me, tmp_path, table(letters(2, language="fr")))
    assert [] == list(tmp_path.glob("*/rows.csv"))


def test_rows_are_looked_over_without_writing(sqlite_engine: Engine, tmp_path: Path) -> None:
    me = somebody(sqlite_engine, Role.STAFF)
    rows = table([*letters(1), *letters(1, language="fr")])
    with unit_of_work(sqlite_engine) as session:
        wanted = template_id(session, LETTER)
        found = service.look_over(session, me, wanted, rows, "en", EN)
    assert (2, 1, [3]) == (found.rows, found.good, list(found.faults))


def test_learners_and_formats_that_there_are_not_are_refused(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    learner, staff = somebody(sqlite_engine, Role.LEARNER), somebody(sqlite_engine, Role.STAFF)
    with pytest.raises(Forbidden):
        requested(sqlite_engine, learner, tmp_path, table(letters(1)))
    with pytest.raises(FormatNotOffered):
        requested(sqlite_engine, staff, tmp_path, table(letters(1)), "docx")


def test_marketing_templates_are_not_filled_by_instructors(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    me = somebody(sqlite_engine, Role.INSTRUCTOR)
    with unit_of_work(sqlite_engine) as session, pytest.raises(NotFound):
        service.look_over(session, me, template_id(session), table(letters(1)), "en", EN)


def test_old_batches_are_forgotten_and_say_so(sqlite_engine: Engine, tmp_path: Path) -> None:
    me = somebody(sqlite_engine, Role.STAFF)
    job = requested(sqlite_engine, me, tmp_path, table(letters(1)))
    worked(sqlite_engine, tmp_path)
    (rows,) = tmp_path.glob("*/rows.csv")
    long_ago = clock.now().timestamp() - (service.KEPT_DAYS + 1) * 86_400
    os.utime(rows, (long_ago, long_ago))
    service.sweep(tmp_path, clock.now())
    with reading(sqlite_engine) as session, pytest.raises(BatchFileMissing):
        service.zip_of(session, me, job.id, tmp_path)
