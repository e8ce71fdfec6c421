"""Finding documents by words, kind and template, and what templates have come to."""

from decimal import Decimal

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.accounts.access import Principal, Role
from core.db import unit_of_work
from core.documents import searching
from core.documents.models import DocumentType
from core.documents.searching import LEAST, Wanted
from core.errors import Forbidden
from core.i18n import language
from tests.core.documents.records import kept, person, template_id

ENGLISH, SPANISH = language("en"), language("es")
CONTRACT = {"document_type": DocumentType.CONTRACT, "is_campaign_report": False}


def found(
    session: Session, who: Principal, wanted: Wanted, code: str = "en", limit: int = 200
) -> list[str]:
    told = searching.find_documents(session, who, wanted, language(code), limit)
    return sorted(one.title for one in told)


def shelf(session: Session, owner: Principal) -> None:
    contract = template_id(session, "service-contract")
    kept(session, owner, title="Autumn in León")
    kept(session, owner, title="100% wool_socks")
    kept(session, owner, title="Ñandú farm", template_id=contract, **CONTRACT)


SEARCHES = {
    "": ["100% wool_socks", "Autumn in León", "Ñandú farm"],
    "AUTUMN": ["Autumn in León"],
    "LEÓN": ["Autumn in León"],
    "ñandÚ": ["Ñandú farm"],
    "león   autumn": ["Autumn in León"],
    "autumn farm": [],
    "0% wool_": ["100% wool_socks"],
    "%": ["100% wool_socks"],
    "l_socks": ["100% wool_socks"],
    "lxsocks": [],
    "w_ol": [],
    "contract": ["Ñandú farm"],
    "campaign report autumn": ["Autumn in León"],
    "aut\0umn": ["Autumn in León"],
    "\\": [],
}


def test_each_word_is_in_title_kind_or_template(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        me = person(session, Role.MARKETER)
        shelf(session, me)
        told = {words: found(session, me, Wanted(words)) for words in SEARCHES}
        assert SEARCHES == told


def test_names_are_searched_as_the_reader_sees_them(sqlite_engine: Engine) -> None:
    with unit_of_work(sqlite_engine) as session:
        me = person(session, Role.MARKETER)
        shelf(session, me)
        assert ["Ñandú farm"] == found(session, me, Wanted("contrato"), "es")
        assert [] == found(session, me, Wanted("contrato"), "en")


def test_kinds_and_templates_narrow(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        me = person(session, Role.MARKETER)
        shelf(session, me)
        contracts = Wanted(types=(DocumentType.CONTRACT,))
        assert ["Ñandú farm"] == found(session, me, contracts)
        reports = Wanted(slugs=("campaign-report",))
        assert ["100% wool_socks", "Autumn in León"] == found(session, me, reports)
        assert [] == found(session, me, Wanted("farm", slugs=("campaign-report",)))


def test_an_old_document_is_found_behind_the_newest(sqlite_engine: Engine) -> None:
    with unit_of_work(sqlite_engine) as session:
        me = person(session, Role.MARKETER)
        kept(session, me, title="Needle")
        for _ in range(3):
            kept(session, me, title="Hay")
        assert ["Needle"] == found(session, me, Wanted("needle"), limit=2)


def test_a_search_reaches_nothing_that_the_history_does_not_show(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        me, other = person(session, Role.STAFF), person(session, Role.MARKETER)
        contract = template_id(session, "service-contract")
        kept(session, other, title="Secret letter", template_id=contract, **CONTRACT)
        kept(session, other, title="Shared report")
        assert [] == found(session, me, Wanted("secret"))
        assert [] == found(session, me, Wanted(slugs=("service-contract",)))
        assert ["Shared report"] == found(session, me, Wanted())
        used = searching.used_templates(session, me)
        assert ["campaign-report"] == [one.slug for one in used]
        records = searching.records_by_template(session, me, Wanted(), ENGLISH)
        assert [("campaign-report", 1)] == [(one.slug, one.documents) for one in records]
        with pytest.raises(Forbidden):
            searching.used_templates(session, person(session, Role.LEARNER))


def test_means_are_told_of_five_or_more(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        me = person(session, Role.MARKETER)
        contract = template_id(session, "service-contract")
        for n in range(LEAST):
            kept(
                session,
                me,
                generation_time_seconds=Decimal(n) / 10,
                quality_score=Decimal("0.8") + Decimal(n) / 100,
                satisfaction=n + 1 if n else None,
            )
        for _ in range(LEAST - 1):
            kept(session, me, template_id=contract, satisfaction=5, **CONTRACT)
        told = {
            one.slug: one for one in searching.records_by_template(session, me, Wanted(), SPANISH)
        }
        reports, contracts = told["campaign-report"], told["service-contract"]
        assert (5, 4) == (reports.documents, reports.ratings)
        assert pytest.approx(0.2) == reports.seconds
        assert pytest.approx(0.82) == reports.score
        assert reports.satisfaction is None  # four ratings are too few
        assert (4, None, None) == (contracts.documents, contracts.seconds, contracts.score)
        kept(session, me, template_id=contract, satisfaction=None, **CONTRACT)
        kept(session, me, satisfaction=2)
        told = {
            one.slug: one for one in searching.records_by_template(session, me, Wanted(), ENGLISH)
        }
        assert pytest.approx(3.2) == told["campaign-report"].satisfaction
        assert pytest.approx(0.9) == told["service-contract"].score
        assert told["service-contract"].satisfaction is None
        only = searching.records_by_template(
            session, me, Wanted(types=(DocumentType.CONTRACT,)), ENGLISH
        )
        assert ["service-contract"] == [one.slug for one in only]
