import threading
from pathlib import Path

import pytest

from data.lake import KEPT_GENERATIONS, GenerationGone, Lake, LakeBusy, Publication
from data.manifest import LakeDamaged
from tests.data.reports import NOW


def put(publication: Publication, table: str, content: bytes) -> None:
    draft = publication.draft()
    draft.write_bytes(content)
    publication.put(table, [publication.keep(draft, table, rows=1)])


def publish(lake: Lake, **tables: bytes) -> int:
    with lake.publishing(now=NOW) as publication:
        for table, content in tables.items():
            put(publication, table, content)
    return lake.generation()


def content(lake: Lake, table: str) -> bytes:
    return b"".join(Path(path).read_bytes() for path in lake.paths(lake.manifest().parts(table)))


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


def test_a_lake_begins_with_generation_zero_and_no_tables(lake: Lake) -> None:
    assert (0, {}) == (lake.generation(), lake.manifest().tables)


def test_a_publication_makes_the_next_generation(lake: Lake) -> None:
    assert 1 == publish(lake, ads=b"one")
    assert 2 == publish(lake, ads=b"two")
    assert b"two" == content(lake, "ads")
    assert NOW == lake.manifest().published_at


def test_tables_that_are_not_put_are_shared_with_the_generation_before(lake: Lake) -> None:
    publish(lake, ads=b"one", dims=b"same")
    before = lake.manifest().parts("dims")
    publish(lake, ads=b"two")
    assert before == lake.manifest().parts("dims")


def test_publishing_the_same_content_makes_no_generation(lake: Lake) -> None:
    publish(lake, ads=b"one")
    assert 1 == publish(lake, ads=b"one")


def test_an_error_inside_the_block_publishes_nothing(lake: Lake) -> None:
    publish(lake, ads=b"one")

    def fail() -> None:
        with lake.publishing(now=NOW) as publication:
            put(publication, "ads", b"two")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert (1, b"one") == (lake.generation(), content(lake, "ads"))


def test_the_next_publisher_removes_what_a_failed_one_left(lake: Lake) -> None:
    publish(lake, ads=b"one")
    (lake.files / "ads-orphan.parquet").write_bytes(b"orphan")
    (lake.folder / "generations" / "00000002.json").write_text("{half a manif")
    (lake.folder / "generations" / "00000002.draft").write_text("{")
    lake.work.mkdir()
    (lake.work / "draft-1.parquet").write_bytes(b"half")
    publish(lake, ads=b"two")
    kept = {part.file for number in (1, 2) for part in lake.manifest(number).parts("ads")}
    assert kept == {path.name for path in lake.files.iterdir()}
    assert not lake.work.exists()
    assert ["00000001.json", "00000002.json"] == sorted(
        path.name for path in (lake.folder / "generations").iterdir()
    )


def test_the_last_few_generations_are_kept_and_older_ones_go(lake: Lake) -> None:
    for number in range(KEPT_GENERATIONS + 3):
        publish(lake, ads=str(number).encode())
    assert list(range(4, KEPT_GENERATIONS + 4)) == lake.generations()
    assert len(lake.generations()) == len(list(lake.files.iterdir()))
    with pytest.raises(GenerationGone) as gone:
        lake.manifest(1)
    assert {"generation": 1} == gone.value.data


def test_content_that_returns_after_its_generation_went_is_there_again(lake: Lake) -> None:
    publish(lake, ads=b"first")
    for number in range(KEPT_GENERATIONS):
        publish(lake, ads=str(number).encode())
    publish(lake, ads=b"first")
    assert b"first" == content(lake, "ads")


def test_a_second_publisher_is_refused_when_the_first_takes_too_long(lake: Lake) -> None:
    with lake.publishing(now=NOW), pytest.raises(LakeBusy):
        with lake.publishing(now=NOW, wait_seconds=0):
            pytest.fail("two publishers at once")


def test_publishers_wait_for_one_another(lake: Lake) -> None:
    def add(name: str) -> None:
        publish(lake, **{name: name.encode()})

    threads = [threading.Thread(target=add, args=(f"table_{at}",)) for at in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 6 == lake.generation()
    assert {f"table_{at}" for at in range(6)} == set(lake.manifest().tables)


def contents(lake: Lake) -> dict[str, bytes]:
    return {
        str(path): path.read_bytes()
        for path in sorted(lake.folder.rglob("*"))
        if path.is_file() and path.name != "publisher.lock"
    }


def three_generations(lake: Lake) -> Lake:
    for text in (b"one", b"two", b"three"):
        publish(lake, ads=text)
    return lake


def test_the_newest_complete_generation_counts_where_the_current_number_is_lost(lake: Lake) -> None:
    (three_generations(lake).folder / "CURRENT").unlink()
    assert (3, b"three") == (lake.generation(), content(lake, "ads"))
    assert 4 == publish(lake, ads=b"four")
    assert [1, 2, 3, 4] == lake.generations()


@pytest.mark.parametrize("number", ["-1", "0", "", "garbage", "\0\0", "1", "9999"])
def test_a_current_number_that_cannot_be_right_is_refused_and_nothing_is_removed(
    lake: Lake, number: str
) -> None:
    (three_generations(lake).folder / "CURRENT").write_text(number)
    before = contents(lake)
    with pytest.raises(LakeDamaged) as damaged:
        publish(lake, ads=b"four")
    assert damaged.value.data["file"] in ("CURRENT", "generations/00009999.json")
    assert before == contents(lake)


def test_a_lost_number_is_not_guessed_where_files_of_the_newest_generation_are_gone(
    lake: Lake,
) -> None:
    (three_generations(lake).folder / "CURRENT").unlink()
    Path(lake.paths(lake.manifest(3).parts("ads"))[0]).unlink()
    before = contents(lake)
    with pytest.raises(LakeDamaged):
        publish(lake, ads=b"four")
    assert before == contents(lake)


@pytest.mark.parametrize("text", ["", '{"generation": 2, "publ', "[]", '{"generation": 2}'])
@pytest.mark.parametrize("generation", [2, 3])
def test_a_damaged_manifest_is_named_and_nothing_is_removed(
    lake: Lake, text: str, generation: int
) -> None:
    name = f"generations/0000000{generation}.json"
    (three_generations(lake).folder / name).write_text(text)
    before = contents(lake)
    with pytest.raises(LakeDamaged) as damaged:
        publish(lake, ads=b"four")
    assert {"file": name} == damaged.value.data
    assert before == contents(lake)


def test_strange_files_and_folders_are_in_nobody_s_way(lake: Lake) -> None:
    publish(lake, ads=b"one")
    (lake.folder / "generations" / "junk.json").write_text("{}")
    (lake.folder / "generations" / "7.json").write_text("{}")
    (lake.files / "folder").mkdir()
    assert 2 == publish(lake, ads=b"two")
    assert [1, 2] == lake.generations()


@pytest.mark.parametrize("left", [b"", b"on", b"two"])
def test_a_file_that_is_not_what_its_name_says_is_written_anew(lake: Lake, left: bytes) -> None:
    publish(lake, ads=b"one")
    publish(lake, ads=b"two")
    (path,) = lake.paths(lake.manifest(1).parts("ads"))
    Path(path).write_bytes(left)
    publish(lake, ads=b"one")
    assert (b"one", None) == (content(lake, "ads"), lake.broken_file())


def test_the_lake_tells_which_of_its_files_is_lost_or_changed(lake: Lake) -> None:
    publish(lake, ads=b"one", dims=b"same")
    assert lake.broken_file() is None
    (path,) = (Path(one) for one in lake.paths(lake.manifest().parts("dims")))
    path.write_bytes(b"sane")
    assert path.name == lake.broken_file()
    path.unlink()
    assert path.name == lake.broken_file()
