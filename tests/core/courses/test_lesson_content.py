import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.courses.errors import FileTooLarge, UnknownFileKind, VideoAddress
from core.courses.lesson_content import LARGEST_FILE_BYTES, file_name, media_type, video_address
from core.i18n import language


def test_a_video_has_an_https_address_or_none() -> None:
    assert "https://video.example/a?b=1" == video_address(" https://video.example/a?b=1 ")
    assert video_address("  ") is None


@pytest.mark.parametrize(
    "typed",
    [
        "http://video.example/a",
        "javascript:alert(1)",
        "https://",
        "https://ana:secret@video.example/a",
        "https://video.example/a b",
        "https://[",
        "https://v.example/" + "a" * 500,
    ],
)
def test_any_other_address_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(VideoAddress) as raised:
        video_address(typed)
    assert "https://" in raised.value.sentence(language("en"))


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", b"%PDF-1.7\n", "application/pdf"),
        ("a.PNG", b"\x89PNG\r\n\x1a\n...", "image/png"),
        ("a.md", "niño".encode(), "text/markdown"),
        ("a.csv", b"a,b\n1,2\n", "text/csv"),
    ],
)
def test_a_file_is_what_its_ending_and_its_first_bytes_say(
    name: str, content: bytes, kind: str
) -> None:
    assert kind == media_type(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"<html><script>"),
        ("a.html", b"<html>"),
        ("a.docx", b"PK\x03\x04 only a zip"),
        ("a.txt", b"\xff\xfe\x00"),
        ("a.txt", b"nul\0"),
        ("pdf", b"%PDF-1.7"),
        ("", b""),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(UnknownFileKind):
        media_type(name, content)


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(FileTooLarge):
        media_type("a.txt", b"a" * (LARGEST_FILE_BYTES + 1))


@given(st.text(max_size=400))
def test_a_files_name_holds_no_folder_and_is_not_too_long(given_name: str) -> None:
    name = file_name(given_name + ".pdf")
    assert not set(name) & set('/\\:*?"<>|\0\n')
    assert name.endswith(".pdf")
    assert len(name) <= 200
