import duckdb
import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.pipeline.cleaning import Written, cleaned
from data.pipeline.reading import TextFile
from data.pipeline.recognition import Layout, recognise
from data.pipeline.rules import REASONS, Check, first_broken
from tests.data.reports import row

VALUES = st.sampled_from(
    ["", " ", "0", "1", "-1", "1.5", "1000000000", "99999999999", "1e12", "nan", "inf", "x", "1_0",
     "2025-01-01", "1980-01-01", "USD", "usdx", "a\nb", "y" * 256, "=1"]
)  # fmt: skip
COLUMNS = [*row(), "currency", "device"]


def layout(tmp_columns: list[str]) -> Layout:
    return recognise(TextFile("report.csv", None, tuple(tmp_columns), ","))  # type: ignore[arg-type]


def rules_of(rows: list[dict[str, str]]) -> list[str | None]:
    raw = ibis.table(dict.fromkeys(COLUMNS, "string"), name="raw")
    query = ibis.to_sql(cleaned(raw, layout(COLUMNS), Written()), dialect="duckdb")
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE raw ({', '.join(f'{name} VARCHAR' for name in COLUMNS)})")
        marks = ", ".join("?" * len(COLUMNS))
        connection.executemany(
            f"INSERT INTO raw VALUES ({marks})", [[line[name] for name in COLUMNS] for line in rows]
        )
        return [rule for (rule,) in connection.execute(f"SELECT rule FROM ({query})").fetchall()]


@settings(max_examples=10, deadline=None)
@given(
    rows=st.lists(
        st.dictionaries(st.sampled_from(COLUMNS), VALUES, max_size=3), min_size=5, max_size=20
    )
)
def test_a_row_that_is_passed_as_sound_breaks_no_rule(rows: list[dict[str, str]]) -> None:
    sound = {name: str(value) for name, value in row(currency="USD", device="x").items()}
    changed = [{**sound, **changes} for changes in rows]
    with pytest.MonkeyPatch.context() as patch:
        quick = rules_of(changed)
        patch.setattr("data.pipeline.cleaning.first_broken", without_passing)
        assert rules_of(changed) == quick
    assert {rule.split(":")[0] for rule in quick if rule} <= set(REASONS)


def without_passing(checks: list[Check]) -> object:
    """Ask every row rule by rule."""
    return first_broken([Check(ibis.literal(False), check.rules) for check in checks])
