import pytest
from sqlalchemy import Engine, func, select

from core.accounts.access import Principal, Role
from core.accounts.models import User
from core.campaigns import service as campaigns
from core.courses.enrolling import ENROLLED
from core.courses.enrolment_lists import NoHeadings, Outcome, enrol_list, read_list
from core.courses.models import Enrollment
from core.db import reading, unit_of_work
from core.errors import Forbidden, NotFound
from core.events.models import Event
from tests.core.campaigns.records import PLAN
from tests.core.courses.records import course, enrol, person, teaches

LIST = """\
Name,Email,Person ID,Campaign
,ana@example.org,,77
Ben,,,
,ANA@example.org ,,
New One,new@example.org,,
No Login,,,
,broken,,
,ina@example.org,,
,cleo@example.org,,
,,999,
,ana2@example.org,,
,dan@example.org,,Nothing
,,,
"""


class School:
    """An instructor's course with Cleo in it; Ana, Ben and Dan learn elsewhere."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        with unit_of_work(engine) as session:
            self.ina = person(session, "Ina", Role.INSTRUCTOR)
            self.mia = person(session, "Mia", Role.MARKETER)
            made, other = course(session, "C1", [1]), course(session, "C2", [1])
            for one in (made, other):
                teaches(session, self.ina, one)
            cleo, ben = (person(session, name, Role.LEARNER) for name in ("Cleo", "Ben"))
            for name in ("Ana", "Dan"):
                person(session, name, Role.LEARNER)
            enrol(session, cleo, made)
            enrol(session, ben, other)
            self.campaign = campaigns.create_campaign(session, self.mia, PLAN).campaign_id
            self.course = made.id

    def take(
        self, text: str = LIST, who: Principal | None = None, *, add: bool = True, dry: bool = False
    ) -> list[Outcome]:
        with unit_of_work(self.engine) as session:
            told = enrol_list(
                session, who or self.ina, self.course, read_list(text.encode()), add_unknown=add
            )
            if dry:
                session.rollback()
        return [one.outcome for one in told]

    def counts(self) -> tuple[int, int]:
        """Enrolments and people."""
        with reading(self.engine) as session:
            found = [session.scalar(select(func.count(one.id))) or 0 for one in (Enrollment, User)]
        return found[0], found[1]


@pytest.fixture
def school(engine: Engine) -> School:
    return School(engine)


def test_each_row_of_a_list_is_enrolled_or_says_why_not(school: School) -> None:
    assert [
        Outcome.ENROLLED,
        Outcome.ENROLLED,
        Outcome.TWICE,
        Outcome.ADDED,
        Outcome.NAMED,
        Outcome.BAD_EMAIL,
        Outcome.NOT_A_LEARNER,
        Outcome.ALREADY,
        Outcome.UNKNOWN,
        Outcome.UNKNOWN,
        Outcome.NO_CAMPAIGN,
    ] == school.take()
    with reading(school.engine) as session:
        told = [one.data for one in session.scalars(select(Event)) if one.type == ENROLLED]
        named = session.scalar(select(User).where(User.name == "No Login"))
    assert [school.campaign, None, None, None] == [one["campaign_id"] for one in told]
    assert named is not None
    assert (None, None) == (named.email, named.password_hash)


def test_a_dry_run_says_the_same_and_writes_nothing(school: School) -> None:
    before = school.counts()

    looked = school.take(dry=True)

    assert before == school.counts()
    assert looked == school.take()


def test_the_same_list_again_enrols_nobody_twice(school: School) -> None:
    school.take("email\nana@example.org\n")

    assert [Outcome.ALREADY] == school.take("email\nana@example.org\n")


def test_unknown_people_are_refused_unless_they_are_to_be_added(school: School) -> None:
    assert [Outcome.UNKNOWN] == school.take("name,email\nNew,new@example.org\n", add=False)


def test_a_list_without_headings_is_refused() -> None:
    with pytest.raises(NoHeadings):
        read_list(b"Ana;ana@example.org\n")


def test_only_those_who_may_write_a_course_enrol_a_list_in_it(school: School) -> None:
    with unit_of_work(school.engine) as session:
        ivo = person(session, "Ivo", Role.INSTRUCTOR)
    for who, refusal in ((ivo, NotFound), (school.mia, Forbidden)):
        with pytest.raises(refusal):
            school.take(who=who)
