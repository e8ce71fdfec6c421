from core.courses.continuing import LessonLink, where_to_continue

LESSONS = [LessonLink(n, f"Lesson {n}") for n in (1, 2, 3)]


def test_it_goes_on_in_the_lesson_opened_last_while_that_is_not_done() -> None:
    assert LESSONS[1] == where_to_continue(LESSONS, {1}, 2)


def test_after_a_done_lesson_the_next_one_follows_and_after_the_last_the_first_left() -> None:
    assert LESSONS[2] == where_to_continue(LESSONS, {2}, 2)
    assert LESSONS[0] == where_to_continue(LESSONS, {2, 3}, 3)


def test_who_opened_nothing_begins_at_the_first_and_who_did_all_has_nowhere_to_go() -> None:
    assert LESSONS[0] == where_to_continue(LESSONS, set(), None)
    assert where_to_continue(LESSONS, {1, 2, 3}, 3) is None
    assert where_to_continue([], set(), None) is None


def test_a_lesson_that_is_no_longer_there_is_no_place_to_go_on_from() -> None:
    assert LESSONS[0] == where_to_continue(LESSONS, set(), 99)
