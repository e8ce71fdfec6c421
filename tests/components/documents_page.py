"""The pages of documents run by AppTest, on records and a small warehouse of their own."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

import wiring
from components import documents, house_style, jobs, viewer
from components.document_form import form, preview
from components.document_history import again, comparison, listing
from core.accounts.access import Principal, Role
from core.db import unit_of_work
from core.documents.making import make_document
from core.documents.templates import ensure_builtin_templates
from core.i18n import language
from core.jobs.models import Job, JobKind
from core.jobs.worker import Progress, run_one
from core.settings import Settings
from data.marts.documents import DocumentMart
from data.warehouse.reader import Warehouse
from tests.core.documents.records import person
from tests.data.marts.facts import Campaign, Fact, publish

LAST = date(2026, 11, 22)
CAMPAIGNS = [Campaign(1, "Brand"), Campaign(2, "Shoes & socks")]
FACTS = [Fact(one.id, LAST - timedelta(days=ago)) for one in CAMPAIGNS for ago in range(90)]


class Office:
    """An installation with templates, in which one person opens pages."""

    def __init__(
        self, patch: pytest.MonkeyPatch, engine: Engine, folder: Path, facts: list[Fact] = FACTS
    ) -> None:
        lake = folder / "lake"
        warehouse = publish(lake, CAMPAIGNS, facts) if facts else Warehouse(lake)
        settings = Settings(_env_file=None, app_home=folder / "home", run_worker=False)
        self.services = replace(
            wiring.build(settings),
            engine=engine,
            warehouse=warehouse,
            report_figures=DocumentMart(warehouse),
        )
        self._patch = patch
        st.cache_data.clear()
        for module in (
            viewer,
            documents,
            form,
            preview,
            listing,
            again,
            comparison,
            house_style,
            jobs,
        ):
            patch.setattr(module, "services", lambda: self.services)
        with unit_of_work(engine) as session:
            ensure_builtin_templates(session)

    def enter(self, *roles: Role, code: str = "en") -> Principal:
        """Somebody with these roles is at the browser from now on."""
        with unit_of_work(self.services.engine) as session:
            who = person(session, *roles)
        for name in ("principal", "open_session"):
            self._patch.setattr(viewer, name, lambda: who)
        self._patch.setattr(viewer, "words", lambda: language(code))
        return who

    def work(self) -> bool:
        """Let a worker do one job."""
        return run_one(self.services.engine, {JobKind.MAKE_DOCUMENT: self._make})

    def _make(self, job: Job, progress: Progress) -> dict[str, Any]:
        return make_document(
            self.services.engine,
            job.id,
            job.payload,
            progress,
            figures=self.services.report_figures,
            documents_dir=self.services.settings.documents_dir,
        )


def run(page: Callable[[], None]) -> AppTest:
    """The page after its first run."""
    test = AppTest.from_function(page, default_timeout=30).run()
    assert [error.value for error in test.exception] == []
    return test


def download_labels(test: AppTest) -> list[str]:
    return [button.proto.label for button in test.get("download_button")]
