"""The models that answer: read by digest, loaded once, switched without a wrong answer."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from core.i18n import language
from ml import cache
from ml.cache import ModelCache
from ml.damage import ModelDamaged
from tests.ml.packages import NAME, package, switch

ROWS = np.ones((3, 2), np.float32)


def answer(models: ModelCache) -> float:
    champion = models.champion(NAME)
    assert champion is not None
    scores = champion.score(ROWS)
    assert scores.shape == (3,)
    assert (champion.served["version"], scores.tolist()) == (
        champion.version,
        [np.float32(champion.version / 100)] * 3,
    )
    return champion.version


def test_nothing_answers_before_the_first_promotion(tmp_path: Path) -> None:
    models = ModelCache(tmp_path)
    assert (models.version(NAME), models.champion(NAME)) == (None, None)


def test_a_switch_is_followed_without_a_restart_and_back_again(tmp_path: Path) -> None:
    models = ModelCache(tmp_path)
    told = []
    for version in (1, 2, 1):
        switch(tmp_path, version)
        told.append((models.version(NAME), answer(models)))
    assert told == [(1, 1), (2, 2), (1, 1)]


def test_a_version_is_loaded_once_however_many_ask(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch(tmp_path, 1)
    loads = []
    real = cache.scorer
    monkeypatch.setattr(cache, "scorer", lambda onnx: loads.append(1) or real(onnx))
    models = ModelCache(tmp_path)
    with ThreadPoolExecutor(16) as readers:
        assert set(readers.map(lambda _: answer(models), range(64))) == {1}
    assert len(loads) == 1


def test_readers_see_whole_versions_only_while_it_switches(tmp_path: Path) -> None:
    switch(tmp_path, 1)
    models, stop, seen = ModelCache(tmp_path), threading.Event(), set()

    def read() -> None:
        while not stop.is_set():
            seen.add(answer(models))

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for version in range(2, 30):
        switch(tmp_path, version)
    stop.set()
    for reader in readers:
        reader.join()
    assert answer(models) == 29
    assert seen <= set(range(1, 30))


@pytest.mark.parametrize("file", ["model.onnx", "served.json", "manifest.json"])
@pytest.mark.parametrize("fault", ["cut", "changed", "missing"])
def test_a_damaged_file_gives_a_sentence_and_never_an_answer(
    tmp_path: Path, file: str, fault: str
) -> None:
    switch(tmp_path, 1)
    path = tmp_path / NAME / "1" / file
    content = path.read_bytes()
    if fault == "missing":
        path.unlink()
    else:
        path.write_bytes(content[:-1] if fault == "cut" else b" " + content[1:])
    models = ModelCache(tmp_path)
    with pytest.raises(ModelDamaged) as refused:
        models.champion(NAME)
    assert f"The file {file} of version 1 of {NAME}" in refused.value.sentence(language("en"))
    switch(tmp_path, 1)  # promoting again mends it
    assert answer(models) == 1


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"version": "x", "manifest_sha256": ""}'])
def test_a_damaged_pointer_gives_a_sentence(tmp_path: Path, content: bytes) -> None:
    switch(tmp_path, 1)
    (tmp_path / NAME / "current.json").write_bytes(content)
    with pytest.raises(ModelDamaged):
        ModelCache(tmp_path).champion(NAME)


def test_the_manifest_tells_digests_and_sizes(tmp_path: Path) -> None:
    switch(tmp_path, 1)
    manifest = json.loads((tmp_path / NAME / "1" / "manifest.json").read_text())
    assert set(manifest["files"]) == {"model.onnx", "served.json"}
    assert manifest["files"]["model.onnx"]["bytes"] == len(package(1).onnx)


def test_what_a_killed_writer_left_is_removed(tmp_path: Path) -> None:
    left = tmp_path / NAME / ".left.draft"
    left.mkdir(parents=True)
    (left / "model.onnx").write_bytes(b"half")
    (tmp_path / NAME / ".other.draft").write_bytes(b"half")
    switch(tmp_path, 1)
    assert {".lock", "1", "current.json"} == {path.name for path in (tmp_path / NAME).iterdir()}


def test_few_versions_are_kept_in_memory(tmp_path: Path) -> None:
    models = ModelCache(tmp_path)
    for version in range(1, 20):
        switch(tmp_path, version)
        answer(models)
    assert len(models._loaded) == cache._LOADED


@pytest.mark.parametrize("told", [b'{"version": 1e999, "manifest_sha256": ""}', b"[" * 100_000])
def test_a_pointer_beyond_reading_is_named(tmp_path: Path, told: bytes) -> None:
    switch(tmp_path, 1)
    (tmp_path / NAME / "current.json").write_bytes(told)
    with pytest.raises(ModelDamaged):
        ModelCache(tmp_path).version(NAME)


def test_a_folder_in_the_pointer_s_place_is_named(tmp_path: Path) -> None:
    (tmp_path / NAME / "current.json").mkdir(parents=True)
    with pytest.raises(ModelDamaged):
        ModelCache(tmp_path).version(NAME)


def test_a_version_answers_while_its_files_are_sound(tmp_path: Path) -> None:
    switch(tmp_path, 1)
    assert (ModelCache(tmp_path).answers(NAME, 1), ModelCache(tmp_path).answers(NAME, 2)) == (
        True,
        False,
    )
    (tmp_path / NAME / "1" / "model.onnx").write_bytes(b"")
    assert not ModelCache(tmp_path).answers(NAME, 1)
