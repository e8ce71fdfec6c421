from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.accounts import throttle
from core.accounts.throttle import ACCOUNT, ADDRESS

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def test_the_first_tries_cost_no_wait() -> None:
    assert [throttle.wait_after(n, ACCOUNT) for n in range(5)] == [timedelta(0)] * 5


def test_then_the_wait_doubles_from_one_second() -> None:
    waits = [throttle.wait_after(n, ACCOUNT).total_seconds() for n in range(5, 10)]

    assert waits == [1, 2, 4, 8, 16]


@given(st.integers(0, 10_000))
def test_the_wait_never_shrinks_and_never_passes_its_limit(failures: int) -> None:
    wait, next_wait = (throttle.wait_after(failures + more, ACCOUNT) for more in (0, 1))

    assert wait <= next_wait <= timedelta(minutes=15)


def test_the_wait_runs_from_the_last_failure() -> None:
    failures = [NOW - timedelta(seconds=seconds) for seconds in (60, 50, 40, 30, 20, 10, 1)]

    assert throttle.seconds_to_wait(failures, NOW, ACCOUNT) == 3
    assert throttle.seconds_to_wait(failures, NOW + timedelta(seconds=3), ACCOUNT) == 0


def test_failures_older_than_a_day_are_forgotten() -> None:
    failures = [NOW - timedelta(hours=25)] * 100 + [NOW]

    assert throttle.seconds_to_wait(failures, NOW, ACCOUNT) == 0


def test_an_address_has_more_free_tries_than_an_account() -> None:
    failures = [NOW] * 12

    assert throttle.seconds_to_wait(failures, NOW, ACCOUNT) > 0
    assert throttle.seconds_to_wait(failures, NOW, ADDRESS) == 0


@pytest.mark.parametrize(
    ("address", "subject"),
    [
        ("192.0.2.7", "address:192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "address:2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "address:2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "address:192.0.2.7"),
        ("unix socket", "address:unix socket"),
    ],
)
def test_an_address_counts_under_the_network_it_owns(address: str, subject: str) -> None:
    assert throttle.address_subject(address) == subject


def test_a_clock_that_was_set_back_does_not_lengthen_the_wait() -> None:
    ahead = [NOW + timedelta(days=400)] * 40

    assert throttle.seconds_to_wait(ahead, NOW, ACCOUNT) == 15 * 60
