"""Loads the sample world: records in one unit of work, then advertising through the importer."""

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core import clock
from core.audit import trail
from core.db import unit_of_work
from core.errors import Conflict
from core.i18n import mark
from data.lake import Lake
from data.pipeline.ads import import_ads
from data.pipeline.sync import sync
from data.sample.records import write_records
from data.sample.report import write_ads_report, write_business, write_details
from data.sample.world import SEED, World, make_world

Progress = Callable[[float, str], None]

SUBJECT = "sample-world"
LOADED = "sample.loaded"
REPORT_NAME = "sample-ads.csv"


class AlreadyLoading(Conflict):
    """Another load wrote the same records at the same moment."""

    code = "already_loading"
    message = mark("The sample world is being loaded by somebody else at this moment.")


def load_sample(
    engine: Engine,
    lake: Lake,
    *,
    quarantine_dir: Path,
    pseudonym_key: bytes,
    progress: Progress,
    seed: int = SEED,
    until: date | None = None,
) -> dict[str, int]:
    """Load the world that ends with ``until`` (by default yesterday) and give its counts.

    Loading again changes nothing, and completes a load that was interrupted: the world
    that the records hold decides, whatever ``seed`` and ``until`` say.
    """
    progress(0.0, mark("Making up the sample world"))
    # Told before the records are locked: a job's progress is a record too.
    progress(0.1, mark("Writing the sample records"))
    world = _write_once(engine, seed, until)
    rows = _import(lake, world, quarantine_dir, progress)
    sync(
        lake,
        engine,
        pseudonym_key=pseudonym_key,
        progress=lambda share, step: progress(0.7 + 0.3 * share, step),
        now=clock.now(),
    )
    progress(1.0, mark("The sample world is loaded"))
    return counts(world) | {"ad_rows": rows, "generation": lake.generation()}


def counts(world: World) -> dict[str, int]:
    """How much there is of each thing in a world's records."""
    return {
        "campaigns": len(world.campaigns),
        "courses": len(world.courses),
        "people": len(world.people),
        "enrolments": len(world.stories),
        "completions": sum(len(story.completions) for story in world.stories),
        "submissions": sum(len(story.submissions) for story in world.stories),
    }


def loaded_world(session: Session) -> tuple[int, date] | None:
    """Seed and last day of the sample world in the records; None when there is none."""
    entries = trail.about(session, SUBJECT)
    if not entries or entries[-1].action != LOADED:
        return None
    details = entries[-1].details
    return int(details["seed"]), date.fromisoformat(details["until"])


def _write_once(engine: Engine, seed: int, until: date | None) -> World:
    try:
        with unit_of_work(engine) as session:
            present = loaded_world(session)
            if present is not None:
                return make_world(*present)
            world = make_world(seed, until)
            write_records(session, world)
            details = {"seed": seed, "until": world.until.isoformat()}
            trail.record(session, None, LOADED, SUBJECT, **details)
            return world
    except IntegrityError as error:
        raise AlreadyLoading from error


def _import(lake: Lake, world: World, quarantine_dir: Path, progress: Progress) -> int:
    """Import the world's advertising; gives the number of its rows."""
    progress(0.4, mark("Importing the sample advertising"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / REPORT_NAME
        rows = write_ads_report(path, world.campaigns, world.until)
        played = (Path(folder), world.seed, world.campaigns, world.until)
        import_ads(
            lake,
            [path, *write_details(*played), *write_business(*played)],
            quarantine_dir=quarantine_dir,
            progress=lambda share, step: progress(0.4 + 0.3 * share, step),
            is_sample=True,
            now=clock.now(),
        )
    return rows
