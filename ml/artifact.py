"""What a training hands over: the model, and everything needed to judge it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
Scorer = Callable[[Matrix], NDArray[np.float32]]
"""Probabilities (n,), or days (n, 3), of rows (n, features)."""

Metrics = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class TrainedModel:
    """The winner of one training.

    ``metrics`` and ``compared`` (by candidate and baseline; a champion that was scored on the
    same rows stands there as "champion") are of the same test set. ``baselines`` names those
    entries of ``compared`` that the winner must beat. ``served`` goes with the model into the
    cache, for whoever answers with it; it is plain JSON.
    """

    name: str
    algorithm: str
    native: Mapping[str, Any] = field(repr=False)  # fitted scikit-learn or Keras models by name
    onnx: bytes = field(repr=False)
    features: tuple[str, ...]
    example: Matrix = field(repr=False)  # a few rows of input
    parameters: Mapping[str, Any]
    seed: int
    data_hash: str  # SHA-256 of the training and test rows, in hex
    trained_on: Mapping[str, Any]
    tested_on: Mapping[str, Any]
    metrics: Metrics
    compared: Mapping[str, Metrics]
    baselines: tuple[str, ...]
    audit: Mapping[str, Any]
    card: str  # Markdown
    served: Mapping[str, Any]
