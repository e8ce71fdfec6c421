"""A learned response as the bytes of one archive, and back: JSON beside arrays."""

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.campaigns.learned import Learned, Lesson, Response, ResponseMark
from core.campaigns.optimizer.response import ResponseDraws
from core.campaigns.optimizer.screening import Held
from core.campaigns.optimizer.suggestion import Basis
from core.campaigns.optimizer.wording import as_plain, as_remark

_TOLD = "told.json"
_ARRAYS = ("spend", "multiples", "seen_most", "revenue", "roi")
_NARROW = ("revenue", "roi")  # kept in single precision: they are draws


def packed(response: Response) -> bytes:
    """An archive of everything that was learned."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(_TOLD, json.dumps(_told(response)))
        for days, learned in response.horizons.items():
            if learned.draws is not None:
                for name in _ARRAYS:
                    array = getattr(learned.draws, name)
                    kept = array.astype(np.float32) if name in _NARROW else array
                    archive.writestr(_member(days, name), _bytes_of(kept))
    return content.getvalue()


def unpacked(archive: zipfile.ZipFile, mark: ResponseMark, horizon_days: int) -> Learned:
    """One horizon of an archive; its arrays cannot be written to."""
    told = json.loads(archive.read(_TOLD))
    horizon = told["horizons"][str(horizon_days)]
    arrays = _arrays(archive, horizon_days) if horizon["draws"] else None
    return _learned(mark, horizon_days, told, arrays)


def _member(days: int, name: str) -> str:
    return f"{days}/{name}.npy"


def _bytes_of(array: NDArray[Any]) -> bytes:
    content = io.BytesIO()
    np.save(content, array, allow_pickle=False)
    return content.getvalue()


def _told(response: Response) -> dict[str, Any]:
    """Everything but the arrays, as plain JSON."""
    return {
        "lesson": {**asdict(response.lesson), "basis": _plain_basis(response.lesson.basis)}
        | {
            "learned_at": response.lesson.learned_at.isoformat(),
            "remark": as_plain(response.lesson.remark) if response.lesson.remark else None,
        },
        "horizons": {
            str(days): {
                "held": [
                    {**asdict(one), "why": as_plain(one.why), "needs": as_plain(one.needs)}
                    for one in learned.held
                ],
                "held_spend": learned.held_spend,
                "draws": _plain_draws(learned.draws) if learned.draws else None,
            }
            for days, learned in response.horizons.items()
        },
    }


def _plain_basis(basis: Basis) -> dict[str, Any]:
    days = {"first_day": basis.first_day.isoformat(), "last_day": basis.last_day.isoformat()}
    return asdict(basis) | days


def _plain_draws(draws: ResponseDraws) -> dict[str, Any]:
    return {
        field.name: getattr(draws, field.name)
        for field in fields(draws)
        if field.name not in _ARRAYS
    }


def _arrays(archive: zipfile.ZipFile, days: int) -> dict[str, NDArray[np.float64]]:
    found = {}
    for name in _ARRAYS:
        content = io.BytesIO(archive.read(_member(days, name)))
        found[name] = np.load(content, allow_pickle=False).astype(np.float64)
        found[name].flags.writeable = False
    return found


def _learned(
    mark: ResponseMark, days: int, told: Mapping[str, Any], arrays: Mapping[str, Any] | None
) -> Learned:
    horizon = told["horizons"][str(days)]
    return Learned(
        mark=mark,
        lesson=_lesson(told["lesson"]),
        horizon_days=days,
        held=tuple(
            Held(**{**one, "why": as_remark(one["why"]), "needs": as_remark(one["needs"])})
            for one in horizon["held"]
        ),
        held_spend=tuple(horizon["held_spend"]),
        draws=ResponseDraws(**horizon["draws"], **arrays) if arrays is not None else None,
    )


def _lesson(told: Mapping[str, Any]) -> Lesson:
    basis = told["basis"]
    days = {name: date.fromisoformat(basis[name]) for name in ("first_day", "last_day")}
    found = {
        "basis": Basis(**{**basis, **days}),
        "learned_at": datetime.fromisoformat(told["learned_at"]),
        "remark": as_remark(told["remark"]) if told["remark"] else None,
    }
    return Lesson(**{**told, **found})
