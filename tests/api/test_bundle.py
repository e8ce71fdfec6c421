import gzip
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api import bundle

NAME = min(bundle.names(), key=lambda name: (bundle.STATIC / "static" / name).stat().st_size)


def test_a_script_comes_compressed_and_whole(client: TestClient) -> None:
    answer = client.get(f"/static/{NAME}", headers={"accept-encoding": "gzip, br"})

    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.content == (bundle.STATIC / "static" / NAME).read_bytes()


def test_who_takes_no_gzip_gets_it_from_streamlit(client: TestClient) -> None:
    answer = client.get(f"/static/{NAME}", headers={"accept-encoding": "identity"})

    assert answer.text == f"behind the gate: /static/{NAME}"


@pytest.mark.parametrize("name", ["../index.html", "%2e%2e/index.html", "js/none.js", "js/", ""])
def test_nothing_but_the_bundle_is_served(client: TestClient, name: str) -> None:
    answer = client.get(f"/static/{name}", headers={"accept-encoding": "gzip"})

    assert "content-encoding" not in answer.headers


def test_a_file_is_compressed_once_and_kept(tmp_path: Path) -> None:
    made = bundle.compressed(NAME, tmp_path)
    (kept,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    kept.write_bytes(gzip.compress(b"kept"))

    assert gzip.decompress(made) == (bundle.STATIC / "static" / NAME).read_bytes()
    assert gzip.decompress(bundle.compressed(NAME, tmp_path)) == b"kept"


def test_a_folder_that_cannot_be_written_only_costs_the_work_again(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")

    assert gzip.decompress(bundle.compressed(NAME, blocked)) != b""
