import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, select, text

import wiring
from core.db import connect, reading
from core.documents.models import DocumentTemplate
from core.documents.templates import BUILTIN_TEMPLATES
from core.migrations.schema import downgrade, is_current, metadata, upgrade
from core.settings import Settings
from tests.conftest import missing
from tests.database import postgres_database, postgres_url


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    if request.getfixturevalue("postgres_records") is None:
        missing("PostgreSQL")
    with postgres_database() as name:
        yield postgres_url(name)


@pytest.fixture
def engine(empty: str) -> Iterator[Engine]:
    """A migrated database of the test's own, to migrate to and fro."""
    made = connect(empty)
    upgrade(made)
    yield made
    made.dispose()


def test_migrations_make_exactly_the_tables_of_the_models(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert [] == compare_metadata(context, metadata())


def test_going_back_leaves_nothing_and_forward_again_works(engine: Engine) -> None:
    downgrade(engine, "base")
    assert ["alembic_version"] == inspect(engine).get_table_names()
    assert not is_current(engine)
    upgrade(engine)
    assert is_current(engine)


def test_what_refers_to_an_altered_table_survives_both_ways(engine: Engine) -> None:
    """SQLite alters a table by copying it; dropping the old one must cascade to nothing."""
    downgrade(engine, "0001")
    with engine.execution_options(writes=True).begin() as connection:
        for statement in (
            "INSERT INTO users (id, email, name, is_active, is_sample, created_at) "
            "VALUES (1, 'ada@example.org', 'Ada', true, false, '2026-01-01 00:00:00+00:00')",
            "INSERT INTO user_roles VALUES (1, 'learner')",
            "INSERT INTO courses (id, code, title, start_date, duration_weeks, pass_mark, "
            "is_sample, created_at, updated_at) VALUES (1, 'C1', 'One', '2026-01-01', 8, 40, "
            "false, '2026-01-01 00:00:00+00:00', '2026-01-01 00:00:00+00:00')",
            "INSERT INTO enrollments (id, user_id, course_id, status, enrolled_at) "
            "VALUES (1, 1, 1, 'active', '2026-01-01 00:00:00+00:00')",
        ):
            connection.execute(text(statement))
    upgrade(engine)
    assert [("learner", "C1")] == _rows(
        engine,
        "SELECT role, series_code FROM user_roles JOIN enrollments USING (user_id) "
        "JOIN courses ON courses.id = course_id",
    )
    downgrade(engine, "0001")
    assert [("learner", 1)] == _rows(
        engine, "SELECT role, course_id FROM user_roles JOIN enrollments USING (user_id)"
    )


def _rows(engine: Engine, query: str) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def test_processes_that_start_together_prepare_one_empty_database(
    empty: str, tmp_path: Path
) -> None:
    start = threading.Barrier(3, timeout=20)

    def prepare(_: int) -> None:
        services = wiring.build(Settings(_env_file=None, app_home=tmp_path, database_url=empty))
        start.wait()
        wiring.prepare(services)
        services.engine.dispose()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(prepare, range(3)))
    engine = connect(empty)
    assert is_current(engine)
    with reading(engine) as session:
        slugs = session.scalars(select(DocumentTemplate.slug)).all()
    engine.dispose()
    assert sorted(template.slug for template in BUILTIN_TEMPLATES) == sorted(slugs)
