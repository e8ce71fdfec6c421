from pathlib import Path

import pytest

from data.pipeline import faults, sources
from data.pipeline.reading import TextFile
from data.pipeline.recognition import MOST_COLUMNS, Layout, recognise
from data.pipeline.source import Source
from data.pipeline.sources import SOURCES
from tests.data.reports import row


def layout(*columns: str) -> Layout:
    return recognise(TextFile("report.csv", Path("report.csv"), columns, ","))


def test_every_source_file_is_in_the_registry() -> None:
    files = {path.stem for path in Path(sources.__file__).parent.glob("*.py")}
    assert files - {"__init__"} == {source.name for source in SOURCES}


@pytest.mark.parametrize("source", SOURCES, ids=[source.name for source in SOURCES])
def test_a_source_is_recognised_by_its_columns_in_any_order_and_case(source: Source) -> None:
    columns = [name.upper().replace("_", " ") for name in reversed(source.recognised_by)]
    assert source is layout(*columns).source


@pytest.mark.parametrize("source", SOURCES, ids=[source.name for source in SOURCES])
def test_a_source_s_own_columns_are_no_dimensions(source: Source) -> None:
    found = layout(*source.recognised_by)
    named = {*source.texts.values(), *source.numbers.values(), *source.ignored}
    assert not named & {*found.dimensions, *found.descriptions}


def test_further_columns_are_dimensions_descriptions_or_measures() -> None:
    found = layout(*row(), "ad_id", "ad_name", "device", "network_name", "video_views", "_synced")
    assert ("ad_id", "device", "network_name") == found.dimensions
    assert ("ad_name",) == found.descriptions


def test_a_file_of_more_columns_than_a_report_has_is_refused() -> None:
    columns = [*row(), *(f"further_{at}" for at in range(MOST_COLUMNS - len(row())))]
    assert MOST_COLUMNS == len(layout(*columns).columns)
    with pytest.raises(faults.TooManyColumns) as refused:
        layout(*columns, "one_more")
    assert {"file": "report.csv", "count": 301, "limit": 300} == refused.value.data


@pytest.mark.parametrize("name", ["__row", " __ROW "])
def test_the_import_s_own_column_name_is_refused(name: str) -> None:
    with pytest.raises(faults.ReservedColumn):
        layout(*row(), name)
