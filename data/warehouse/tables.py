"""The warehouse's tables, in the order in which they are built, each from one SQL file.

A file's opening comment says what a row is and declares its grain, the tables it
references and the tables it reads; this module reads those declarations.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent

TABLES = (
    "rollups/agg_told_twice.sql",
    "facts/fact_campaign_performance.sql",
    "facts/fact_creative_performance.sql",
    "facts/fact_audience_performance.sql",
    "facts/fact_business_outcome.sql",
    "facts/fact_lift_test.sql",
    "facts/fact_user_engagement.sql",
    "facts/fact_document_generation.sql",
    "facts/fact_enrolment_snapshot.sql",
    "dims/dim_date.sql",
    "dims/dim_campaign.sql",
    "dims/dim_creative.sql",
    "dims/dim_audience.sql",
    "dims/dim_user.sql",
    "dims/dim_course.sql",
    "dims/dim_template.sql",
    "dims/dim_document.sql",
    "rollups/agg_day.sql",
    "rollups/agg_campaign_year.sql",
    "rollups/agg_campaign_day.sql",
    "rollups/agg_campaign_block.sql",
)


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the star schema.

    ``references`` are pairs of a column and the dimension in which its value must exist.
    A ``sliced`` table is built one file for each slice of the first table it reads.
    """

    name: str
    meaning: str
    sql: str
    grain: tuple[str, ...]
    references: tuple[tuple[str, str], ...]
    reads: tuple[str, ...]
    sliced: bool


@lru_cache(maxsize=1)
def tables() -> tuple[Table, ...]:
    """All tables as their files declare them, in build order."""
    return tuple(parse(FOLDER / line) for line in TABLES)


def parse(path: Path) -> Table:
    """Read one table's SQL and the declarations in its opening comment."""
    sql = path.read_text(encoding="utf-8")
    comment = [line[2:].strip() for line in re.findall(r"^--.*$", sql, re.MULTILINE)]
    return Table(
        name=path.stem,
        meaning=" ".join(line for line in comment if not re.match(r"[a-z]+: ", line)),
        sql=sql,
        grain=tuple(_declared(comment, "grain")),
        references=tuple(
            (column, dimension)
            for column, _, dimension in (
                pair.partition(" -> ") for pair in _declared(comment, "references")
            )
        ),
        reads=tuple(_declared(comment, "reads")),
        sliced=_declared(comment, "sliced") == ["yes"],
    )


def _declared(comment: list[str], word: str) -> list[str]:
    values = (line.removeprefix(f"{word}: ") for line in comment if line.startswith(f"{word}: "))
    return [part.strip() for value in values for part in value.split(",")]
