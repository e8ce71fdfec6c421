from datetime import date
from pathlib import Path

import pytest

from data.pipeline.oulad import apart
from ml import presentations
from ml.training_errors import PresentationUnknown
from tests.ml.folders import small_folder


def test_presentations_are_told_in_order_of_time_with_their_start(tmp_path: Path) -> None:
    connection = apart.connect(small_folder(tmp_path, learners=3))
    expected = {"2013B": date(2013, 2, 1), "2013J": date(2013, 10, 1), "2014B": date(2014, 2, 1)}
    assert expected == presentations.of_folder(connection)
    assert date(2013, 10, 1) == presentations.start_of(connection, "2013J")


def test_an_unknown_presentation_is_told_together_with_those_there_are(tmp_path: Path) -> None:
    connection = apart.connect(small_folder(tmp_path, learners=3))
    with pytest.raises(PresentationUnknown, match=r"2019B\..*2013B, 2013J, 2014B"):
        presentations.start_of(connection, "2019B")
