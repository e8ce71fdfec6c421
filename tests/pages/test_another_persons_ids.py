"""Another person's id in an address gives what an id gives that does not exist: nothing.

Every parameter of an address that pages read is listed here; one that is not fails a test.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

import pages
from core.accounts.access import ACCESS, Role
from core.campaigns import service as campaigns
from core.db import unit_of_work
from core.settings import Settings
from tests.core.campaigns.records import PLAN
from tests.core.courses.records import course, enrol, lesson_ids, person, teaches
from tests.data.reports import Desk, row
from tests.pages.installation import Installation

ROOT = Path(__file__).parents[2]
MISSING = "987654321"


@dataclass(frozen=True)
class Parameter:
    """An id in a page's address: who sees another person's there, and what only they read."""

    page: str
    name: str
    read_by: str
    seen_by: frozenset[Role]
    words: str
    beside: str = ""  # what else the address has to name


ALL_COURSES = frozenset({Role.ADMIN, Role.STAFF})
LESSONS = ALL_COURSES
CAMPAIGNS = frozenset({Role.ADMIN, Role.MARKETER})
IDS = (
    Parameter("course", "enrolment", "components.courses.course", ALL_COURSES, "Lena Hidden"),
    Parameter(
        "course-editor", "course", "components.course_editor.opened", ALL_COURSES, "Course HIDDEN"
    ),
    Parameter("lesson", "enrolment", "components.lessons.reading", LESSONS, "Lesson 1", "lesson"),
    Parameter("lesson", "lesson", "components.lessons.reading", LESSONS, "Lesson 1", "enrolment"),
    Parameter("lesson-editor", "lesson", "components.lessons.editor", ALL_COURSES, "Lesson 1"),
    Parameter("cohorts", "course", "components.cohorts.choose", ALL_COURSES, "Course HIDDEN"),
    Parameter("campaign", "campaign", "components.campaign_detail.head", CAMPAIGNS, "Hidden sale"),
    Parameter("campaign-plan", "plan", "components.campaign_editor.opened", CAMPAIGNS, PLAN.name),
    Parameter(
        "campaign-plan", "campaign", "components.campaign_editor.opened", CAMPAIGNS, "Hidden sale"
    ),
)
# What else is read of an address: days, names among those that are offered, and searches
# within what the person may see.
NO_IDS = {
    ("components.filters", "days"),
    ("components.filters", "campaign"),
    ("components.filters", "key"),  # of any filter
    ("components.campaign_detail.tabs", "tab"),
    ("components.campaign_watch.saved_views", "key"),  # all of the address, to keep it
    ("components.cohorts.choose", "learner"),
    ("components.people", "q"),
    ("components.document_history.filters", "words"),
    ("components.campaign_editor.listing", "q"),
}
FREE_TEXT = {"text_input", "text_area"}


def page(url_path: str) -> None:
    """The page at that address, as the shell would run it."""
    import streamlit as st

    import pages
    from core.errors import Forbidden

    (entry,) = [one for one in pages.PAGES if one.url_path == url_path]
    try:
        entry.show()
    except Forbidden as refused:
        st.error(refused.code)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch, sqlite_engine: Engine, settings: Settings) -> Installation:
    return Installation(monkeypatch, sqlite_engine, settings)


def theirs(at: Installation, parameter: Parameter) -> dict[str, str]:
    """The ids of what belongs to others: a learner in another's course, a campaign."""
    with unit_of_work(at.services.engine) as session:
        hidden = course(session, "HIDDEN", [1])
        teaches(session, person(session, "Ivo", Role.INSTRUCTOR), hidden)
        enrolment = enrol(session, person(session, "Lena Hidden", Role.LEARNER), hidden)
        ids = {"enrolment": enrolment.id, "course": hidden.id, "lesson": lesson_ids(hidden)[0]}
        if parameter.name == "plan":
            ids["plan"] = campaigns.create_campaign(session, at.admin, PLAN).campaign_id
    if parameter.name == "campaign":
        desk = Desk(at.services.settings.home)
        desk.rows(row(campaign_name="Hidden sale"))
        ids["campaign"] = desk.warehouse.rows("SELECT campaign_id FROM dim_campaign")[0][0]
    return {name: str(number) for name, number in ids.items()}


def enter(at: Installation, role: Role) -> None:
    """Sign somebody in who has a course of their own to learn in or to teach."""
    who = at.enter(role)
    with unit_of_work(at.services.engine) as session:
        own = course(session, f"OWN-{role.value}", [1])
        if role is Role.INSTRUCTOR:
            teaches(session, who, own)
        if role is Role.LEARNER:
            enrol(session, who, own)


def answer(parameter: Parameter, asked: str, beside: str = MISSING) -> tuple[str, dict[str, Any]]:
    """Everything that the page shows, and its address then, but for the id itself."""
    test = AppTest.from_function(page, default_timeout=30, kwargs={"url_path": parameter.page})
    test.query_params[parameter.name] = asked
    if parameter.beside:
        test.query_params[parameter.beside] = beside
    test.run()
    assert [fault.value for fault in test.exception] == []
    shown = [str(getattr(one, "proto", "")) for one in test.main]
    address = dict(test.query_params)
    if address[parameter.name] == asked:
        address[parameter.name] = "(asked)"
    return "\n".join(shown), address


@pytest.mark.parametrize("parameter", IDS, ids=[f"{one.page}-{one.name}" for one in IDS])
def test_another_persons_id_answers_as_one_that_does_not_exist(
    at: Installation, parameter: Parameter
) -> None:
    ids = theirs(at, parameter)
    asked, beside = ids[parameter.name], ids.get(parameter.beside, MISSING)
    for role in Role:
        enter(at, role)
        given = answer(parameter, asked, beside)
        nothing = answer(parameter, MISSING, beside)
        if role in parameter.seen_by:
            assert given != nothing, role
        else:
            assert given == nothing, role
        assert (parameter.words in given[0]) is (role in parameter.seen_by), role


@pytest.mark.parametrize("parameter", IDS, ids=[f"{one.page}-{one.name}" for one in IDS])
def test_what_is_no_id_at_all_gives_no_fault(at: Installation, parameter: Parameter) -> None:
    at.enter(Role.ADMIN)
    for asked in ("", "-1", "٣", "9" * 40):
        shown, _ = answer(parameter, asked)
        assert shown


def test_whoever_sees_anothers_may_open_the_page() -> None:
    areas = {entry.url_path: entry.area for entry in pages.PAGES}
    for one in IDS:
        assert one.seen_by <= ACCESS[areas[one.page]].keys()


def test_everything_that_pages_read_of_an_address_is_listed() -> None:
    listed = NO_IDS | {(one.read_by, one.name) for one in IDS}
    assert listed == {found for path in sources() for found in read_of_the_address(path)}


def test_a_new_parameter_would_be_found(tmp_path: Path) -> None:
    path = tmp_path / "new.py"
    path.write_text(
        "PARAMETER = 'draft'\n"
        "st.query_params.get(PARAMETER), st.query_params['lesson'], 'unit' in st.query_params\n"
        "st.text_input('Number', key='number', bind='query-params')\n"
        "params = st.query_params\n"
    )
    names = {name for _, name in read_of_the_address(path, tmp_path)}
    assert names == {"draft", "lesson", "unit", "number", "?"}


def sources() -> Iterator[Path]:
    for folder in ("pages", "components"):
        yield from (ROOT / folder).rglob("*.py")


def read_of_the_address(path: Path, root: Path = ROOT) -> Iterator[tuple[str, str]]:
    """Module and name of everything that a file reads of the address; ? where it reads all."""
    module = ".".join(path.relative_to(root).with_suffix("").parts)
    tree = ast.parse(path.read_text())
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        for name in named_at(node, parents):
            if isinstance(name, ast.Constant):
                yield module, name.value
            else:
                text = ast.unparse(name)
                yield module, constants.get(text, text)


def named_at(node: ast.AST, parents: Mapping[ast.AST, ast.AST]) -> Iterator[Any]:
    """The expressions of names that are read of the address where ``node`` stands."""
    parent = parents.get(node)
    match node, parent:
        case ast.Attribute(attr="query_params"), ast.Attribute(attr="get" | "get_all"):
            yield parents[parent].args[0]
        case ast.Attribute(attr="query_params"), ast.Attribute(attr="from_dict"):
            return  # written
        case ast.Attribute(attr="query_params"), ast.Subscript(slice=name, ctx=ast.Load()):
            yield name
        case ast.Attribute(attr="query_params"), ast.Subscript():
            return  # written
        case ast.Attribute(attr="query_params"), ast.Compare(left=name):
            yield name
        case ast.Attribute(attr="query_params"), ast.comprehension(target=name):
            yield name
        case ast.Attribute(attr="query_params"), _:
            yield ast.Name("?")
        case ast.Call(func=ast.Attribute(attr=kind), keywords=options), _ if kind in FREE_TEXT:
            told = {option.arg: option.value for option in options}
            if "bind" in told:
                yield told["key"]
