from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from core.keyring import load_or_create


def test_a_key_is_made_once_and_kept(tmp_path: Path) -> None:
    first = load_or_create(tmp_path / "keys" / "pseudonyms")
    assert load_or_create(tmp_path / "keys" / "pseudonyms") == first
    assert len(first) == 32


def test_only_its_owner_can_read_a_key(tmp_path: Path) -> None:
    load_or_create(tmp_path / "key")
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_processes_that_start_together_agree_on_the_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: load_or_create(tmp_path / "key"), range(32)))
    assert len(keys) == 1
