"""What differs between two documents."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.accounts.access import Principal, Role
from core.db import unit_of_work
from core.documents import kept_assignment
from core.documents.comparing import (
    Kind,
    Run,
    Told,
    compare,
    compare_documents,
    paragraphs,
    runs_of,
)
from core.documents.drafts import Assignment
from core.documents.errors import MadeBeforeKeeping
from core.documents.models import Document, DocumentType
from core.errors import NotFound
from core.i18n import language
from tests.core.documents.made import CREATED, TEMPLATES, example
from tests.core.documents.records import kept, person, template_id

WORDS = st.lists(st.sampled_from(["a", "b", "c", "dog", "1,200"]), min_size=1, max_size=8)
TEXTS = st.lists(WORDS.map(" ".join), max_size=12)


def told(*texts: str) -> list[Told]:
    return [Told("Here", text) for text in texts]


def side(texts: list[str], others: list[str], gone: Kind) -> list[str]:
    """One side's paragraphs, read back from the comparison."""
    changes = compare(told(*texts), told(*others))
    return [
        " ".join(run.text for run in change.runs if run.kind in (Kind.SAME, gone))
        for change in changes
        if change.kind in (Kind.SAME, Kind.CHANGED, gone)
    ]


@given(TEXTS, TEXTS)
def test_both_documents_can_be_read_back(before: list[str], after: list[str]) -> None:
    assert before == side(before, after, Kind.REMOVED)
    assert after == side(before, after, Kind.ADDED)


@given(TEXTS)
def test_a_document_is_the_same_as_itself(texts: list[str]) -> None:
    assert {Kind.SAME} >= {change.kind for change in compare(told(*texts), told(*texts))}


def test_words_within_a_paragraph_are_told_apart() -> None:
    assert (
        Run(Kind.SAME, "The fee is"),
        Run(Kind.REMOVED, "€1,200"),
        Run(Kind.ADDED, "€1,500"),
        Run(Kind.SAME, "a month."),
    ) == runs_of("The fee is €1,200 a month.", "The fee is €1,500 a month.")


def test_a_paragraph_of_other_words_is_replaced() -> None:
    changes = compare(told("Goods are sent."), told("Nobody owes anything here."))
    assert [Kind.ADDED, Kind.REMOVED] == [change.kind for change in changes]


def test_an_added_paragraph_leaves_its_neighbours_alone() -> None:
    changes = compare(told("One.", "Two."), told("One.", "And a half.", "Two."))
    assert [Kind.SAME, Kind.ADDED, Kind.SAME] == [change.kind for change in changes]


def test_a_row_of_a_table_is_one_paragraph() -> None:
    draft, _ = example("campaign-report", "en")
    texts = [one.text for one in paragraphs(draft.model)]
    assert any(text.startswith("Shoes & socks <autumn> · ") for text in texts)


def contract(session: Session, owner: Principal, **changed: Any) -> Document:
    _, form = example("service-contract", "en", **changed)
    rules = TEMPLATES["service-contract"].rules
    told_then = Assignment(form, rules, owner.name, CREATED, language("en"))
    return kept(
        session,
        owner,
        template_id=template_id(session, "service-contract"),
        document_type=DocumentType.CONTRACT,
        is_campaign_report=False,
        variables=form,
        assignment=kept_assignment.as_record(told_then, None),
    )


def test_two_versions_of_a_contract_differ_where_the_form_did(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        me = person(session, Role.MARKETER)
        first, second = contract(session, me), contract(session, me, title="Another title")
        # The older one comes first, whichever was chosen first.
        found = compare_documents(session, me, second.id, first.id)
        assert (first.id, second.id) == (found.first_id, found.second_id)
        changed = [change for change in found.changes if change.kind is not Kind.SAME]
        assert changed
        assert "Another" in " ".join(run.text for one in changed for run in one.runs)
        assert found.count(Kind.SAME) > 10 * len(changed)


@pytest.mark.parametrize("mine_first", [True, False])
def test_both_must_be_the_persons_to_see(engine: Engine, mine_first: bool) -> None:
    with unit_of_work(engine) as session:
        me, other = person(session, Role.STAFF), person(session, Role.MARKETER)
        pair = [contract(session, me).id, contract(session, other).id]
        with pytest.raises(NotFound):
            compare_documents(session, me, *(pair if mine_first else reversed(pair)))


def test_one_of_an_older_version_says_so(sqlite_engine: Engine) -> None:
    with unit_of_work(sqlite_engine) as session:
        me = person(session, Role.MARKETER)
        with pytest.raises(MadeBeforeKeeping):
            compare_documents(session, me, kept(session, me).id, contract(session, me).id)
