from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect

from core.migrations.schema import downgrade, is_current, metadata, upgrade


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
