from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest

from core.courses.models import EnrollmentStatus
from core.courses.progress import progress
from data.sample.campaigns import play_campaigns
from data.sample.catalogue import courses
from data.sample.learners import LEARNERS, PASS_MARK, play_learners
from data.sample.plans import DAYS

UNTIL = date(2026, 11, 23)
COURSES = courses(UNTIL)
SEEDS = (1, 7, 99)


@pytest.fixture(scope="module", params=SEEDS)
def stories(request):
    return play_learners(request.param, UNTIL, COURSES, play_campaigns(request.param, UNTIL))


def has_ended(story):
    course = COURSES[story.course]
    return (UNTIL - course.start).days >= course.length


def test_six_courses_taught_twice_have_required_and_optional_lessons_and_work_that_weighs_100():
    assert 12 == len(COURSES) == len({course.code for course in COURSES})
    assert {2} == set(Counter(course.series_code for course in COURSES).values())
    for course in COURSES:
        assert {True, False} == {lesson.required for lesson in course.lessons}
        assert {1, 2} == {lesson.weight for lesson in course.lessons}
        assert 100 == sum(work.weight for work in course.assessments)
        assert set(range(len(course.modules))) == {lesson.module for lesson in course.lessons}
        assert all(0 <= work.due_day <= course.length for work in course.assessments)


def test_1200_learners_enrol_in_a_course_at_most_once_and_some_in_two(stories):
    pairs = Counter((story.learner, story.course) for story in stories)

    assert set(range(LEARNERS)) == {learner for learner, _ in pairs}
    assert {1} == set(pairs.values())
    assert 80 <= len(stories) - LEARNERS <= 240


def test_about_half_of_those_whose_course_is_over_completed_it(stories):
    ended = [story for story in stories if has_ended(story)]
    completed = [story for story in ended if story.status is EnrollmentStatus.COMPLETED]

    assert 0.45 <= len(completed) / len(ended) <= 0.60


def test_most_who_withdraw_do_so_in_the_first_weeks(stories):
    weeks = Counter(
        (story.ended_at.date() - COURSES[story.course].start).days // 7
        for story in stories
        if story.status is EnrollmentStatus.WITHDRAWN
    )
    early = sum(weeks[week] for week in range(4))

    assert early > 0.6 * weeks.total()
    assert weeks.total() > early  # some hold out longer


def test_an_enrolment_is_active_only_while_its_course_runs(stories):
    for story in stories:
        if has_ended(story):
            assert story.status is not EnrollmentStatus.ACTIVE
        assert (story.ended_at is None) == (story.status is EnrollmentStatus.ACTIVE)


def test_who_completed_did_all_that_is_required_and_passed(stories):
    for story in stories:
        if story.status is EnrollmentStatus.COMPLETED:
            course = COURSES[story.course]
            required = {n: one.weight for n, one in enumerate(course.lessons) if one.required}
            assert 100 == progress(required, {done.lesson for done in story.completions}).percent
            points = (course.assessments[w.assessment].weight * w.score for w in story.submissions)
            assert sum(points) >= PASS_MARK * 100


def test_nothing_happens_before_the_enrolment_or_after_the_last_day(stories):
    for story in stories:
        begins = max(COURSES[story.course].start, story.enrolled_at.date())
        days = [done.at.date() for done in story.completions + story.submissions]
        assert all(begins <= day <= UNTIL for day in days)
        assert story.ended_at is None or story.ended_at.date() <= UNTIL


def test_scores_go_with_the_lessons_finished(stories):
    effort, scores = [], []
    for story in stories:
        graded = [work.score for work in story.submissions if work.score is not None]
        if graded:
            effort.append(len(story.completions) / len(COURSES[story.course].lessons))
            scores.append(np.mean(graded))

    assert 0.2 < np.corrcoef(effort, scores)[0, 1] < 0.9
    assert all(0 <= score <= 100 for score in scores)


def test_people_study_least_on_saturdays(stories):
    weekdays = Counter(done.at.weekday() for story in stories for done in story.completions)

    assert 5 == min(weekdays, key=weekdays.__getitem__)


def test_a_few_lessons_have_no_measured_time(stories):
    minutes = [done.minutes for story in stories for done in story.completions]

    assert 0.01 < minutes.count(None) / len(minutes) < 0.06
    assert all(one is None or 3 <= one <= 400 for one in minutes)


def test_about_half_came_through_a_campaign_that_ran_and_fits_the_course():
    campaigns = play_campaigns(7, UNTIL)
    stories = play_learners(7, UNTIL, COURSES, campaigns)
    brought = [story for story in stories if story.campaign is not None]

    lately = [story for story in stories if (UNTIL - story.enrolled_at.date()).days < DAYS]
    assert 0.45 < len(brought) / len(lately) < 0.65
    first_day = UNTIL - timedelta(days=DAYS - 1)
    for story in brought:
        campaign = campaigns[story.campaign]
        assert campaign.plan.course in (None, COURSES[story.course].key)
        assert campaign.conversions[(story.enrolled_at.date() - first_day).days] > 0
