"""Who may ask the data platform for what, and that each request leaves a trace."""

import pytest
from sqlalchemy import Engine

from core import clock
from core.accounts.access import Principal, Role
from core.accounts.models import User
from core.audit import trail
from core.db import reading, unit_of_work
from core.errors import Forbidden
from core.i18n import language
from core.jobs import queue, requests
from core.jobs.errors import NoFileChosen, SampleWorldBusy
from core.jobs.models import JobKind

FILE = requests.Upload("report.csv", "/uploads/1/report.csv")


def person(role: Role) -> Principal:
    return Principal(1, "Ada", "ada@example.org", frozenset({role}))


@pytest.fixture
def asked(engine: Engine) -> Engine:
    """A database that knows the person who asks."""
    with unit_of_work(engine) as session:
        session.add(User(id=1, email="ada@example.org", name="Ada", created_at=clock.now()))
    return engine


@pytest.mark.parametrize("role", [Role.ADMIN, Role.STAFF, Role.MARKETER])
def test_an_import_is_queued_with_its_files_and_leaves_a_trace(asked: Engine, role: Role) -> None:
    with unit_of_work(asked) as session:
        job = requests.import_ads(session, person(role), [FILE], "es")
    assert job.payload == {
        "files": [{"name": "report.csv", "path": "/uploads/1/report.csv"}],
        "language": "es",
    }
    with reading(asked) as session:
        (entry,) = trail.about(session, f"job/{job.id}")
    assert (entry.action, entry.details) == ("job.import_ads", {"files": ["report.csv"]})


@pytest.mark.parametrize("role", [Role.INSTRUCTOR, Role.LEARNER])
def test_who_does_not_open_the_data_page_imports_nothing(asked: Engine, role: Role) -> None:
    with pytest.raises(Forbidden), unit_of_work(asked) as session:
        requests.import_ads(session, person(role), [FILE], "en")


def test_an_import_needs_a_file(asked: Engine) -> None:
    with pytest.raises(NoFileChosen) as refused, unit_of_work(asked) as session:
        requests.import_ads(session, person(Role.ADMIN), [], "en")
    assert refused.value.sentence(language("es")) == "Elija primero al menos un archivo."


@pytest.mark.parametrize("role", [Role.ADMIN, Role.STAFF])
def test_an_import_of_courses_is_queued_with_its_archive_and_leaves_a_trace(
    asked: Engine, role: Role
) -> None:
    archive = requests.Upload("oulad.zip", "/uploads/2/oulad.zip")
    with unit_of_work(asked) as session:
        job = requests.import_oulad(session, person(role), archive, "es")
    assert job.payload == {
        "archive": "/uploads/2/oulad.zip",
        "name": "oulad.zip",
        "language": "es",
    }
    with reading(asked) as session:
        (entry,) = trail.about(session, f"job/{job.id}")
    assert (entry.action, entry.details) == ("job.import_oulad", {"files": ["oulad.zip"]})


@pytest.mark.parametrize("role", [Role.MARKETER, Role.INSTRUCTOR, Role.LEARNER])
def test_who_does_not_see_all_data_imports_no_courses(asked: Engine, role: Role) -> None:
    with pytest.raises(Forbidden), unit_of_work(asked) as session:
        requests.import_oulad(session, person(role), FILE, "en")


@pytest.mark.parametrize("role", [Role.MARKETER, Role.INSTRUCTOR, Role.LEARNER])
def test_who_sees_ads_only_publishes_nothing(asked: Engine, role: Role) -> None:
    with pytest.raises(Forbidden), unit_of_work(asked) as session:
        requests.sync(session, person(role))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_an_administrator_handles_the_sample_world(asked: Engine, role: Role) -> None:
    for ask in (requests.load_sample, requests.remove_sample):
        with pytest.raises(Forbidden), unit_of_work(asked) as session:
            ask(session, person(role))


def test_the_sample_world_is_not_loaded_and_removed_at_once(asked: Engine) -> None:
    with unit_of_work(asked) as session:
        requests.load_sample(session, person(Role.ADMIN))
    with pytest.raises(SampleWorldBusy) as refused, unit_of_work(asked) as session:
        requests.remove_sample(session, person(Role.ADMIN))
    assert refused.value.sentence(language("es")).startswith("El mundo de ejemplo ya se está")


def test_a_marketer_sees_imports_and_not_publications(asked: Engine) -> None:
    with unit_of_work(asked) as session:
        wanted = requests.import_ads(session, person(Role.ADMIN), [FILE], "en").id
        requests.import_oulad(session, person(Role.ADMIN), FILE, "en")
        requests.sync(session, person(Role.ADMIN))
    other = Principal(2, "Eve", "eve@example.org", frozenset({Role.MARKETER}))
    with reading(asked) as session:
        kinds = [JobKind.IMPORT_ADS, JobKind.IMPORT_OULAD, JobKind.SYNC]
        seen = queue.recent(session, other, kinds)
    assert [job.id for job in seen] == [wanted]


def test_staff_see_an_import_of_courses_whoever_started_it(asked: Engine) -> None:
    with unit_of_work(asked) as session:
        wanted = requests.import_oulad(session, person(Role.ADMIN), FILE, "en").id
    other = Principal(2, "Eve", "eve@example.org", frozenset({Role.STAFF}))
    with reading(asked) as session:
        seen = queue.recent(session, other, [JobKind.IMPORT_OULAD])
    assert [job.id for job in seen] == [wanted]
