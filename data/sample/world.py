"""The whole sample world as plain values; nothing here knows a database or a lake."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from core import clock
from core.accounts.access import Role
from data.sample.campaigns import CampaignDays, play_campaigns
from data.sample.catalogue import CoursePlan, courses
from data.sample.learners import LEARNERS, EnrolmentStory, play_learners
from data.sample.names import draw_people

SEED = 20_240_607
_STREAM = 3
_TEAM = (Role.INSTRUCTOR, Role.INSTRUCTOR, Role.MARKETER, Role.STAFF)
_TEAM_JOINED = timedelta(days=900)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does not exist; they have no password and cannot sign in."""

    name: str
    email: str
    role: Role
    joined_at: datetime


@dataclass(frozen=True, slots=True)
class World:
    """Everything there is. ``people`` are the learners, in the order of the stories' numbers,
    then the team; the course with number n is taught by the n-th instructor in turn."""

    seed: int
    until: date
    campaigns: list[CampaignDays]
    courses: list[CoursePlan]
    people: list[Person]
    stories: list[EnrolmentStory]

    @property
    def instructors(self) -> list[int]:
        """Numbers of the people who teach."""
        return [n for n, person in enumerate(self.people) if person.role is Role.INSTRUCTOR]


def make_world(seed: int = SEED, until: date | None = None) -> World:
    """Make the world that ends with ``until`` (by default yesterday); same arguments, same world.

    Of an earlier ``until`` it is another world, not an earlier state of the same one.
    """
    last = until or clock.today() - timedelta(days=1)
    campaigns = play_campaigns(seed, last)
    taught = courses(last)
    stories = play_learners(seed, last, taught, campaigns)
    return World(seed, last, campaigns, taught, _people(seed, last, stories), stories)


def _people(seed: int, until: date, stories: list[EnrolmentStory]) -> list[Person]:
    drawn = draw_people(np.random.default_rng((seed, _STREAM)), LEARNERS + len(_TEAM))
    joined: dict[int, datetime] = {}
    for story in stories:
        joined[story.learner] = min(story.enrolled_at, joined.get(story.learner, story.enrolled_at))
    founded = datetime.combine(until - _TEAM_JOINED, time(9), tzinfo=UTC)
    learners = [Person(*drawn[number], Role.LEARNER, joined[number]) for number in range(LEARNERS)]
    team = [Person(*who, role, founded) for who, role in zip(drawn[LEARNERS:], _TEAM, strict=True)]
    return learners + team
