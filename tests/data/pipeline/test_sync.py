"""Records in, warehouse out."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from core.accounts.models import User
from core.campaigns.models import Audience, Campaign, CampaignStatus, CampaignType, Creative
from core.courses.models import (
    Assessment,
    AssessmentKind,
    Course,
    Enrollment,
    Lesson,
    LessonCompletion,
    Module,
    Submission,
)
from core.db import reading, unit_of_work
from core.documents.models import Document, DocumentTemplate, DocumentType
from data.pipeline.keys import campaign_id
from data.pipeline.records import batches, pseudonym
from data.pipeline.sync import remove_sample, sync
from tests.data.reports import NOW, Desk, row
from tests.data.warehouse.integrity import broken_grains, broken_references

KEY = b"a key of the installation"
DAY = datetime(2025, 3, 3, 23, 30, tzinfo=UTC)
NEXT = datetime(2025, 3, 4, 9, 0, tzinfo=UTC)


def campaign(id: int, external_id: str, is_sample: bool = False) -> list[object]:
    return [
        Campaign(
            id=id, platform="google_ads", account_id="7", external_id=external_id,
            name=f"Planned {external_id}", campaign_type=CampaignType.DISPLAY,
            status=CampaignStatus.ACTIVE, industry="retail", budget=Decimal("1500.50"),
            currency="EUR", start_date=date(2025, 1, 1), is_sample=is_sample,
            created_at=DAY, updated_at=DAY,
        ),
        Creative(id=id * 10, campaign_id=id, name="Banner", kind="image"),
        Audience(id=id * 10, campaign_id=id, name="Young"),
        Audience(id=id * 10 + 1, campaign_id=id, name="Old"),
    ]  # fmt: skip


def person(id: int, is_sample: bool = False) -> User:
    return User(
        id=id, email=f"ann{id}@example.org", name="Ann Secret", is_sample=is_sample, created_at=DAY
    )


def course(id: int, is_sample: bool = False) -> list[object]:
    return [
        Course(
            id=id, code=f"C{id}", title="Course", start_date=date(2025, 3, 1), duration_weeks=4,
            pass_mark=40, is_sample=is_sample, created_at=DAY, updated_at=DAY,
        ),
        Module(id=id * 10, course_id=id, title="One", order_index=1),
        Lesson(id=id * 100, module_id=id * 10, title="A", order_index=1),
        Lesson(id=id * 100 + 1, module_id=id * 10, title="B", order_index=2),
        Lesson(id=id * 100 + 2, module_id=id * 10, title="C", order_index=3, is_required=False),
        Assessment(id=id, course_id=id, title="Quiz", kind=AssessmentKind.QUIZ, weight=Decimal(50)),
        Assessment(
            id=id + 50, course_id=id, title="Exam", kind=AssessmentKind.EXAM, weight=Decimal(50)
        ),
    ]  # fmt: skip


def study(id: int, user_id: int, course_id: int) -> list[object]:
    first, second = course_id * 100, course_id * 100 + 1
    quiz, exam = course_id, course_id + 50
    return [
        Enrollment(id=id, user_id=user_id, course_id=course_id, enrolled_at=DAY),
        LessonCompletion(
            enrollment_id=id, lesson_id=first, completed_at=DAY, time_spent_minutes=20
        ),
        LessonCompletion(enrollment_id=id, lesson_id=second, completed_at=NEXT),
        Submission(
            id=id * 10, enrollment_id=id, assessment_id=quiz, submitted_at=NEXT, score=Decimal(80)
        ),
        Submission(
            id=id * 10 + 1, enrollment_id=id, assessment_id=quiz, submitted_at=NEXT,
            score=Decimal("65.5"),
        ),
        Submission(
            id=id * 10 + 2, enrollment_id=id, assessment_id=exam, submitted_at=NEXT,
            score=Decimal(10),
        ),
    ]  # fmt: skip


def template(id: int, is_sample: bool = False) -> DocumentTemplate:
    return DocumentTemplate(
        id=id, slug=f"t{id}", version=2, name="Report", document_type=DocumentType.REPORT,
        languages=["en"], variables=[], is_sample=is_sample, created_at=DAY,
    )  # fmt: skip


def document(id: int, template_id: int, owner_id: int, is_sample: bool = False) -> Document:
    return Document(
        id=id, template_id=template_id, owner_id=owner_id, document_type=DocumentType.REPORT,
        title="Ann Secret's report", language="en", variables={}, file_name="x", size_bytes=1,
        sha256="0", lake_generation=1, figures=[], generation_time_seconds=Decimal("1.234"),
        quality_score=Decimal("0.8125"), quality_parts={}, satisfaction=4, is_sample=is_sample,
        created_at=DAY,
    )  # fmt: skip


def records(engine: Engine, *groups: list[object]) -> None:
    with unit_of_work(engine) as session:
        for item in (item for group in groups for item in group):
            session.add(item)
            session.flush()


def publish(desk: Desk, engine: Engine) -> int:
    return sync(desk.lake, engine, pseudonym_key=KEY, progress=lambda _share, _step: None, now=NOW)


def is_sound(desk: Desk) -> bool:
    return ([], []) == (broken_grains(desk.warehouse), broken_references(desk.warehouse))


def test_every_record_becomes_its_row(desk: Desk, engine: Engine) -> None:
    records(
        engine, campaign(1, "100"), [person(5)], course(3), study(8, 5, 3), [template(2)],
        [document(4, 2, 5)],
    )  # fmt: skip
    assert 1 == publish(desk, engine)
    ann, warehouse_id = pseudonym(5, KEY), campaign_id("google_ads", "7", "100")
    rows = desk.warehouse.rows
    assert [
        (warehouse_id, "google_ads", "7", None, "100", "Planned 100", "display", "retail",
         "Old, Young", "active", Decimal("1500.5000"), "EUR", 1, False, DAY)
    ] == rows("SELECT * FROM dim_campaign")  # fmt: skip
    assert [(10, warehouse_id, "Banner", "image")] == rows("SELECT * FROM dim_creative")
    assert 2 == len(rows(f"SELECT * FROM dim_audience WHERE campaign_id = {warehouse_id}"))
    assert [(ann, None, None, False, DAY)] == rows("SELECT * FROM dim_user")
    assert [(3, "C3", "C3", "Course", None, None, date(2025, 3, 1), 4, 40, False)] == rows(
        "SELECT * FROM dim_course"
    )
    assert [(2, "t2", 2, "Report", "report", None, False)] == rows("SELECT * FROM dim_template")
    assert [(4, 2, "report", "en", 1, False, DAY)] == rows("SELECT * FROM dim_document")
    assert [
        (4, ann, 2, 20250303, Decimal("1.234"), Decimal("0.8125"), 4)
    ] == rows("SELECT * FROM fact_document_generation")  # fmt: skip
    assert is_sound(desk)


def test_engagement_is_what_a_person_did_in_a_course_on_a_day(desk: Desk, engine: Engine) -> None:
    records(engine, [person(5)], course(3), study(8, 5, 3))
    publish(desk, engine)
    ann = pseudonym(5, KEY)
    assert [
        (ann, 3, 20250303, 20, 1, 0, 0, None),
        (ann, 3, 20250304, None, 1, 1, 3, Decimal("72.75")),
    ] == desk.warehouse.rows("SELECT * FROM fact_user_engagement ORDER BY date_id")


def test_nothing_that_names_a_person_reaches_the_lake(desk: Desk, sqlite_engine: Engine) -> None:
    records(sqlite_engine, [person(5)], course(3), study(8, 5, 3), [template(2)],
            [document(4, 2, 5)])  # fmt: skip
    publish(desk, sqlite_engine)
    held = b"".join(path.read_bytes() for path in desk.lake.files.iterdir())
    assert all(word not in held for word in (b"Ann", b"Secret", b"example.org"))


def test_the_pseudonym_needs_the_key() -> None:
    assert pseudonym(5, KEY) == pseudonym(5, KEY)
    assert 3 == len({pseudonym(5, KEY), pseudonym(5, b"other"), pseudonym(6, KEY)})


def test_unchanged_records_publish_nothing_new(desk: Desk, sqlite_engine: Engine) -> None:
    records(sqlite_engine, campaign(1, "100"), [person(5)], course(3), study(8, 5, 3))
    assert [1, 1] == [publish(desk, sqlite_engine) for _ in range(2)]


def test_our_record_of_a_campaign_wins_over_the_report(desk: Desk, sqlite_engine: Engine) -> None:
    desk.rows(row(currency="USD"), row(campaign_id="200", currency="USD"))
    records(sqlite_engine, campaign(1, "100"))
    publish(desk, sqlite_engine)
    assert [
        ("100", "Planned 100", "display", "active", Decimal("1500.5"), "EUR", "Shop", 1),
        ("200", "Winter", None, None, None, "USD", "Shop", None),
    ] == desk.warehouse.rows(
        """SELECT external_id, campaign_name, campaign_type, status, budget, currency,
           account_name, record_id FROM dim_campaign ORDER BY external_id"""
    )
    assert is_sound(desk)


def test_a_deleted_record_leaves_the_warehouse(desk: Desk, sqlite_engine: Engine) -> None:
    records(sqlite_engine, campaign(1, "100"))
    publish(desk, sqlite_engine)
    with unit_of_work(sqlite_engine) as session:
        session.delete(session.get_one(Campaign, 1))
    publish(desk, sqlite_engine)
    for table in ("dim_campaign", "dim_creative", "dim_audience"):
        assert [] == desk.warehouse.rows(f"SELECT * FROM {table}")


@pytest.fixture
def mixed(desk: Desk, sqlite_engine: Engine) -> Desk:
    """A lake in which sample and real rows stand side by side."""
    desk.take(desk.file("sample.csv", [row(campaign_id="900")]), is_sample=True)
    desk.take(desk.file("real.csv", [row(), row(date_day="2024-01-01")]))
    records(
        sqlite_engine, campaign(1, "100"), campaign(9, "900", is_sample=True),
        [person(5), person(6, is_sample=True)], course(3), course(4, is_sample=True),
        study(8, 5, 3), study(9, 5, 4), study(10, 6, 3),
        [template(1, is_sample=True), template(2, is_sample=True)],
        [document(1, 1, 5), document(2, 2, 5, is_sample=True)],
    )  # fmt: skip
    publish(desk, sqlite_engine)
    return desk


def test_the_sample_world_leaves_in_one_generation_and_takes_nothing_else(mixed: Desk) -> None:
    generation = remove_sample(mixed.lake, progress=lambda _share, _step: None, now=NOW)
    rows = mixed.warehouse.rows
    assert 3 + 1 == generation
    assert [("100",)] == rows("SELECT external_id FROM dim_campaign")
    assert [(2,)] == rows("SELECT count(*) FROM fact_campaign_performance")
    assert [(pseudonym(5, KEY),)] == rows("SELECT user_id FROM dim_user")
    assert [(3,)] == rows("SELECT DISTINCT course_id FROM fact_user_engagement")
    assert [(1,)] == rows("SELECT document_id FROM dim_document")
    assert [(1,)] == rows("SELECT template_id FROM dim_template")
    assert is_sound(mixed)


def test_removing_the_sample_twice_changes_nothing(mixed: Desk) -> None:
    once, twice = (
        remove_sample(mixed.lake, progress=lambda _share, _step: None, now=NOW) for _ in range(2)
    )
    assert once == twice


def test_an_empty_database_makes_an_empty_warehouse(desk: Desk, sqlite_engine: Engine) -> None:
    publish(desk, sqlite_engine)
    assert [] == desk.warehouse.rows("SELECT * FROM dim_date")
    assert Path(desk.lake.folder / "CURRENT").exists()
    assert is_sound(desk)


def test_the_records_of_one_moment_are_exported(desk: Desk, engine: Engine) -> None:
    """What is written while they are read is in no table yet."""
    steps = []

    def progress(_share: float, step: str) -> None:
        steps.append(step)
        if len(steps) == 2:
            records(engine, [person(5)], course(3), study(8, 5, 3))

    sync(desk.lake, engine, pseudonym_key=KEY, progress=progress, now=NOW)
    counts = [f"SELECT count(*) FROM {table}" for table in ("dim_course", "fact_user_engagement")]
    assert [[(0,)], [(0,)]] == [desk.warehouse.rows(count) for count in counts]
    publish(desk, engine)
    assert [[(1,)], [(2,)]] == [desk.warehouse.rows(count) for count in counts]


def test_records_are_exported_in_pieces_and_in_order(
    desk: Desk, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.pipeline.records.BATCH", 2)
    records(engine, [person(id) for id in range(1, 6)])
    streams = []

    def watch(*arguments: Any) -> None:
        streams.append(arguments[4].execution_options.get("stream_results"))

    with reading(engine) as session:
        event.listen(session.connection(), "before_cursor_execute", watch)
        sizes = [len(rows) for rows in batches(session, "records_users", KEY)]
    assert ([2, 2, 1], [True]) == (sizes, streams)
    publish(desk, engine)
    assert [(pseudonym(id, KEY),) for id in range(1, 6)] == desk.warehouse.rows(
        "SELECT user_id FROM records_users"
    )
