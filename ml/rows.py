"""Rows of features as trees and networks can take them, and a network that begins alike."""

import os
from dataclasses import dataclass
from typing import Any

import numpy as np

from ml.artifact import Matrix

_CLIP = 4.0  # standard deviations beyond which an input says nothing more


@dataclass(frozen=True, slots=True)
class Standard:
    """Puts rows on one scale: unknown values become the median, outliers are cut off."""

    median: Matrix
    mean: Matrix
    scale: Matrix
    clip: float = _CLIP

    def apply(self, x: Matrix) -> Matrix:
        """Rows (n, f) as the network takes them."""
        filled = np.where(np.isnan(x), self.median, x)
        scaled: Matrix = np.clip((filled - self.mean) / self.scale, -self.clip, self.clip)
        return scaled


def standard(x: Matrix) -> Standard:
    """The scale of training rows; a column that never varied becomes 0, whatever it is later."""
    known = ~np.isnan(x).all(axis=0)
    median = np.zeros(x.shape[1], np.float32)
    median[known] = np.nanmedian(x[:, known], axis=0)
    filled = np.where(np.isnan(x), median, x)
    spread = filled.std(axis=0)
    scale = np.where(spread > 0, spread, np.inf)
    return Standard(median, filled.mean(axis=0).astype(np.float32), scale.astype(np.float32))


def known_somewhere(x: Matrix) -> Matrix:
    """The rows with 0 in columns that nobody tells, such as credits where no source has them.

    Histograms need a value; a column of one value is never split on, so that it says nothing.
    """
    return np.where(np.isnan(x).all(axis=0), np.float32(0), x)


def seeded_keras(seed: int) -> Any:
    """Keras, its chance begun with the seed, so that the same rows give the same network."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # faults arrive as exceptions
    import keras
    import tensorflow as tf

    keras.utils.disable_interactive_logging()
    keras.utils.set_random_seed(seed)
    tf.config.experimental.enable_op_determinism()
    return keras
