import csv
import email
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from core.documents import quality
from core.documents.batch.filling import PACKED, fill
from core.documents.batch.manifest import Journal
from core.documents.batch.order import Order
from core.documents.errors import LeftoverPlaceholder
from core.documents.quality import Examined
from tests.core.documents.batch.rows import LETTER, cells, letters, order, table
from tests.core.documents.examples import EXAMPLES
from tests.core.documents.made import TEMPLATES, FiguresAtHand, report_figures


class Stopped(Exception):
    """As if the process had been killed here."""


def filled(folder: Path, rows: bytes, asked: Order | None = None) -> dict[str, int]:
    figures = FiguresAtHand(report_figures())
    return fill(folder, asked or order(), rows, figures, lambda share, step: None)


def packed(folder: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(folder / PACKED) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def manifest(folder: Path) -> list[dict[str, str]]:
    text = packed(folder)["manifest.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_a_zip_holds_a_document_for_each_row_and_tells_its_checksum(tmp_path: Path) -> None:
    assert 3 == filled(tmp_path, table(letters(3)))["made"]
    files = packed(tmp_path)
    for number, told in enumerate(manifest(tmp_path), start=1):
        content = files[told["File"]]
        assert f"{LETTER}-{number + 1:05d}-en.eml" == told["File"]
        assert (str(number + 1), "made") == (told["Row"], told["Result"])
        assert hashlib.sha256(content).hexdigest() == told["SHA-256"]
        assert 0.5 < float(told["Score"]) <= 1
        assert f"Letter {number}" == email.message_from_bytes(content)["Subject"]
    assert 5 == len(files)


def test_refused_and_held_back_rows_are_named_and_not_in_the_zip(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(document: Examined) -> None:
        if document.model.title == "Letter 2":
            raise LeftoverPlaceholder(placeholder="{{ name }}")

    monkeypatch.setattr(quality, "GATES", (*quality.GATES, refuse))
    good, held, bad = letters(3)
    counts = filled(tmp_path, table([good, held, bad | {"language": "fr"}]))
    assert {"rows": 3, "made": 1, "held_back": 1, "refused": 1} == counts
    first, second, third = manifest(tmp_path)
    assert ("held back", "leftover_placeholder", "") == (
        second["Result"],
        second["Gates"],
        second["File"],
    )
    assert "{{ name }}" in second["Reasons"]
    assert ("refused", "") == (third["Result"], third["File"])
    assert "Language “fr”" in third["Reasons"]
    assert {first["File"], "manifest.csv", "manifest.json"} == set(packed(tmp_path))


def test_a_row_without_data_to_tell_is_held_back(tmp_path: Path) -> None:
    slug = "campaign-summary"
    form = cells(TEMPLATES[slug].variables, EXAMPLES[slug]["en"])
    nothing = FiguresAtHand(report_figures(campaigns=()))
    counts = fill(tmp_path, order(slug, "docx"), table([form]), nothing, lambda share, step: None)
    assert 1 == counts["held_back"]
    assert "No campaign data" in manifest(tmp_path)[0]["Reasons"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_cell_of_the_manifest_is_a_formula(tmp_path: Path, sign: str) -> None:
    (row,) = letters(1)
    filled(tmp_path, table([row | {"title": f"{sign}HYPERLINK(1)"}]))
    assert f"'{sign}HYPERLINK(1)" == manifest(tmp_path)[0]["Title"]


@pytest.mark.parametrize("title", ["../../etc/passwd", "a/b\\c", "CON"])
def test_names_in_the_zip_come_from_the_server(tmp_path: Path, title: str) -> None:
    (row,) = letters(1)
    filled(tmp_path, table([row | {"title": title}]))
    names = set(packed(tmp_path))
    assert {f"{LETTER}-00002-en.eml", "manifest.csv", "manifest.json"} == names


def stopped_at(share: float) -> Callable[[float, str], None]:
    def progress(told: float, _step: str) -> None:
        if told >= share:
            raise Stopped

    return progress


@pytest.mark.parametrize("share", [0.0, 0.5, 0.95])
def test_a_batch_taken_up_again_is_the_one_that_was_never_stopped(
    tmp_path: Path, share: float
) -> None:
    rows, figures = table(letters(4)), FiguresAtHand(report_figures())
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    filled(whole, rows)
    with pytest.raises(Stopped):
        fill(broken, order(), rows, figures, stopped_at(share))
    later = order(created=order().created.replace(year=2027))
    assert filled(whole, rows) == filled(broken, rows, later)
    assert packed(whole) == packed(broken)


def test_what_is_made_is_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows, figures = table(letters(4)), FiguresAtHand(report_figures())
    with pytest.raises(Stopped):
        fill(tmp_path, order(), rows, figures, stopped_at(0.95))

    def refuse(document: Examined) -> None:
        raise LeftoverPlaceholder(placeholder="examined twice")

    monkeypatch.setattr(quality, "GATES", (refuse,))
    assert 4 == filled(tmp_path, rows)["made"]
    assert 4 == filled(tmp_path, rows)["made"]


def test_a_torn_line_and_a_torn_file_are_made_anew(tmp_path: Path) -> None:
    rows, figures = table(letters(3)), FiguresAtHand(report_figures())
    with pytest.raises(Stopped):
        fill(tmp_path, order(), rows, figures, stopped_at(0.95))
    journal = tmp_path / "outcomes.jsonl"
    lines = journal.read_text().splitlines()
    journal.write_text("\n".join([*lines[:2], lines[2][:40]]))
    (tmp_path / json.loads(lines[0])["file"]).write_bytes(b"")
    assert [3] == [one.row for one in Journal(tmp_path).outcomes()]
    assert 3 == filled(tmp_path, rows)["made"]
    for told in manifest(tmp_path):
        assert hashlib.sha256(packed(tmp_path)[told["File"]]).hexdigest() == told["SHA-256"]


def test_another_table_in_the_same_folder_begins_anew(tmp_path: Path) -> None:
    filled(tmp_path, table(letters(3)))
    assert 1 == filled(tmp_path, table(letters(1)))["rows"]
    assert 3 == len(packed(tmp_path))


def test_nothing_but_the_zip_is_left(tmp_path: Path) -> None:
    filled(tmp_path, table(letters(2)))
    left = {path.name for path in tmp_path.iterdir()}
    assert {PACKED, "order.json", "outcomes.jsonl"} == left
