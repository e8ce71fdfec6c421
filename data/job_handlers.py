"""The data platform's jobs. Only a worker or a command imports this: the pipeline is heavy."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from core import clock
from core.jobs.models import Job, JobKind
from core.jobs.worker import Handler, Progress
from data import uploads
from data.lake import Lake
from data.pipeline.ads import import_ads
from data.pipeline.sync import sync
from data.sample.load import load_sample
from data.sample.remove import remove_sample


@dataclass(frozen=True, slots=True)
class Platform:
    """What the jobs work on."""

    engine: Engine
    lake: Lake
    uploads_dir: Path
    quarantine_dir: Path
    pseudonym_key: bytes = field(repr=False)
    max_import_bytes: int


def handlers(platform: Platform) -> Mapping[JobKind, Handler]:
    """A handler for each kind of job; doing one twice has the effect of doing it once."""
    return {
        JobKind.IMPORT_ADS: partial(_import_ads, platform),
        JobKind.SYNC: partial(_sync, platform),
        JobKind.LOAD_SAMPLE: partial(_load_sample, platform),
        JobKind.REMOVE_SAMPLE: partial(_remove_sample, platform),
    }


def _import_ads(platform: Platform, job: Job, progress: Progress) -> dict[str, Any]:
    names = {Path(file["path"]): file["name"] for file in job.payload["files"]}
    reports = import_ads(
        platform.lake,
        list(names),
        quarantine_dir=platform.quarantine_dir,
        progress=progress,
        now=clock.now(),
        names=names,
        reader=job.payload["language"],
        max_bytes=platform.max_import_bytes,
    )
    for path in names:
        uploads.discard(platform.uploads_dir, path)
    generation = platform.lake.generation()
    return {"files": [report.as_dict() for report in reports], "generation": generation}


def _sync(platform: Platform, _job: Job, progress: Progress) -> dict[str, Any]:
    generation = sync(
        platform.lake,
        platform.engine,
        pseudonym_key=platform.pseudonym_key,
        progress=progress,
        now=clock.now(),
    )
    return {"generation": generation}


def _load_sample(platform: Platform, _job: Job, progress: Progress) -> dict[str, Any]:
    return load_sample(
        platform.engine,
        platform.lake,
        quarantine_dir=platform.quarantine_dir,
        pseudonym_key=platform.pseudonym_key,
        progress=progress,
    )


def _remove_sample(platform: Platform, _job: Job, progress: Progress) -> dict[str, Any]:
    return remove_sample(
        platform.engine, platform.lake, pseudonym_key=platform.pseudonym_key, progress=progress
    )
