import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.accounts import passwords
from core.accounts.errors import (
    PasswordIsSequence,
    PasswordNamesYou,
    PasswordRepeats,
    PasswordTooCommon,
    PasswordTooLong,
    PasswordTooShort,
    WeakPassword,
)
from core.accounts.hashing import BcryptHasher
from core.i18n import language

ABOUT = ["María García", "maria.garcia@example.org"]


@pytest.mark.parametrize(
    ("password", "error"),
    [
        ("fourteen chars", PasswordTooShort),
        ("tunnel walks ünïcödé " * 4, PasswordTooLong),
        ("aaaaaaaaaaaaaaaaaa", PasswordRepeats),
        ("abababacababababab", PasswordRepeats),
        ("zebra!zebra!zebra!", PasswordRepeats),
        ("abcdefghijklmnopq", PasswordIsSequence),
        ("qwertyuiopasdfg!!", PasswordIsSequence),
        ("1q2w3e4r5t6y7u8i9o", PasswordIsSequence),
        ("9876543210987654", PasswordIsSequence),
        ("Password2026!!!!", PasswordTooCommon),
        ("P@ssw0rd-Welc0me!", PasswordTooCommon),
        ("Summer2026Winter2027", PasswordTooCommon),
        ("correct horse battery staple", PasswordTooCommon),
        ("Contraseña segura 1", PasswordTooCommon),
        ("my name is maria x9", PasswordNamesYou),
        ("García's grey tunnel", PasswordNamesYou),
        ("Maria.Garcia tunnel", PasswordNamesYou),
        ("a trellis in my garden", PasswordNamesYou),
    ],
)
def test_a_weak_password_is_refused_for_its_own_reason(
    password: str, error: type[WeakPassword]
) -> None:
    with pytest.raises(error):
        passwords.check(password, ABOUT)


@pytest.mark.parametrize(
    "password",
    [
        "umbrella tunnel crisp violin",
        "ana prefers long tunnels",  # a short name hides in many words
        "sunshine dragon tapestry quill",  # two common words beside two others
        "éñü ßø tunnel 7 kettle",
        "all lower case letters do",
    ],
)
def test_a_long_and_surprising_password_needs_no_kinds_of_characters(password: str) -> None:
    passwords.check(password, [*ABOUT, "Ana"])


def test_the_length_is_told_in_bytes_with_what_to_do() -> None:
    with pytest.raises(PasswordTooLong) as refused:
        passwords.check("ñandú del río " * 6)

    assert refused.value.data == {"taken": 102, "most": 72}
    assert "102 bytes and at most 72 fit" in refused.value.sentence(language("en"))


def test_the_same_letters_typed_on_two_keyboards_are_one_password() -> None:
    composed, decomposed = "caf\u00e9 tunnel crisp violin", "cafe\u0301 tunnel crisp violin"

    assert passwords.normalised(composed) == passwords.normalised(decomposed)


def test_a_hash_is_salted_and_matches_only_its_password() -> None:
    hasher = BcryptHasher()

    made = passwords.hashed(hasher, "umbrella tunnel crisp violin")

    assert "umbrella" not in made
    assert hasher.matches("umbrella tunnel crisp violin", made)
    assert not hasher.matches("umbrella tunnel crisp viola", made)


def test_a_try_too_long_to_hash_is_wrong_and_not_an_error() -> None:
    assert not BcryptHasher().matches("x" * 100_000, BcryptHasher().hash("umbrella tunnel crisp"))


@given(st.text(max_size=120))
def test_what_is_accepted_is_long_enough_and_fits_the_hash(password: str) -> None:
    text = passwords.normalised(password)
    with contextlib.suppress(WeakPassword):
        passwords.check(text)
        assert len(text) >= 15
        assert len(text.encode()) <= 72
