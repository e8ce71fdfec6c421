"""The data platform's jobs. Only a worker or a command imports this: the pipeline is heavy."""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from core import clock
from core.db import reading
from core.imports.choices import read_choices
from core.imports.repository import mappings
from core.jobs import queue
from core.jobs.models import Job, JobKind
from core.jobs.worker import Handler, Progress
from data import uploads
from data.archives import unpack
from data.damage import damage_named
from data.lake import Lake
from data.pipeline.ads import import_ads
from data.pipeline.oulad.files import NAMES
from data.pipeline.oulad.importing import import_oulad
from data.pipeline.sync import sync
from data.sample.advance import advance_sample
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
        JobKind.IMPORT_ADS: partial(_naming_damage, platform, _import_ads),
        JobKind.IMPORT_OULAD: partial(_naming_damage, platform, _import_oulad),
        JobKind.SYNC: partial(_naming_damage, platform, _sync),
        JobKind.LOAD_SAMPLE: partial(_naming_damage, platform, _load_sample),
        JobKind.REMOVE_SAMPLE: partial(_naming_damage, platform, _remove_sample),
        JobKind.ADVANCE_SAMPLE: partial(_naming_damage, platform, _advance_sample),
    }


def _naming_damage(
    platform: Platform,
    handler: Callable[[Platform, Job, Progress], dict[str, Any]],
    job: Job,
    progress: Progress,
) -> dict[str, Any]:
    with damage_named(platform.lake):
        return handler(platform, job, progress)


def sweep_uploads(engine: Engine, folder: Path) -> None:
    """Forget the uploads of imports that have ended, well or not."""
    with reading(engine) as session:
        payloads = queue.open_payloads(session, JobKind.IMPORT_ADS)
        archives = queue.open_payloads(session, JobKind.IMPORT_OULAD)
    needed = [Path(file["path"]) for payload in payloads for file in payload["files"]]
    needed += [Path(payload["archive"]) for payload in archives if "archive" in payload]
    uploads.sweep(folder, needed, clock.now())


def _import_ads(platform: Platform, job: Job, progress: Progress) -> dict[str, Any]:
    sweep_uploads(platform.engine, platform.uploads_dir)
    names = {Path(file["path"]): file["name"] for file in job.payload["files"]}
    with reading(platform.engine) as session:
        choices = read_choices(job.payload.get("choices"), mappings(session))
    reports = import_ads(
        platform.lake,
        list(names),
        quarantine_dir=platform.quarantine_dir,
        progress=progress,
        now=clock.now(),
        names=names,
        reader=job.payload["language"],
        max_bytes=platform.max_import_bytes,
        choices=choices,
    )
    generation = platform.lake.generation()
    return {"files": [report.as_dict() for report in reports], "generation": generation}


def _import_oulad(platform: Platform, job: Job, progress: Progress) -> dict[str, Any]:
    """Import the folder that a command named, or that was uploaded as an archive."""
    sweep_uploads(platform.engine, platform.uploads_dir)
    # Beside the uploads: what a killed import leaves there is swept with them.
    platform.uploads_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=platform.uploads_dir) as work:
        reports = import_oulad(
            platform.engine,
            platform.lake,
            _folder(platform, job.payload, Path(work)),
            work=Path(work),
            quarantine_dir=platform.quarantine_dir,
            pseudonym_key=platform.pseudonym_key,
            progress=progress,
            now=clock.now(),
            reader=job.payload["language"],
            max_bytes=platform.max_import_bytes,
        )
    generation = platform.lake.generation()
    return {"files": [report.as_dict() for report in reports], "generation": generation}


def _folder(platform: Platform, payload: dict[str, Any], work: Path) -> Path:
    """The folder that a command named, or what an uploaded archive holds."""
    if "folder" in payload:
        return Path(payload["folder"])
    target = work / "unpacked"
    unpack(
        Path(payload["archive"]),
        payload["name"],
        target,
        wanted=NAMES,
        max_bytes=platform.max_import_bytes,
    )
    return target


def _sync(platform: Platform, _job: Job, progress: Progress) -> dict[str, Any]:
    sweep_uploads(platform.engine, platform.uploads_dir)  # the last import's, if none follows
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


def _advance_sample(platform: Platform, job: Job, progress: Progress) -> dict[str, Any]:
    return advance_sample(
        platform.engine,
        platform.lake,
        int(job.payload["days"]),
        quarantine_dir=platform.quarantine_dir,
        progress=progress,
    )
