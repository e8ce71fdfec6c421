"""An installation of its own in which one signed-in person opens pages by AppTest."""

import gc
import sys
from collections.abc import Callable
from dataclasses import replace
from types import ModuleType

import pytest
import streamlit as st
from sqlalchemy import Engine
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

import pages  # noqa: F401 - loads what every page draws with
import wiring
from core.accounts.access import Principal, Role
from core.accounts.schemas import SignedIn
from core.db import unit_of_work
from core.settings import Settings
from tests.core.accounts.people import HASHER, administrator, joined, signed_in


def asking() -> list[ModuleType]:
    """The modules of components that ask the services."""
    return [
        module
        for name, module in list(sys.modules.items())
        if name.startswith("components.") and hasattr(module, "services")
    ]


class Installation:
    """Records and an empty warehouse; ``enter`` signs somebody in at the browser."""

    def __init__(self, patch: pytest.MonkeyPatch, engine: Engine, settings: Settings) -> None:
        gc.freeze()  # as the product does: Streamlit collects garbage after every run
        self.services = replace(wiring.build(settings), engine=engine, hasher=HASHER)
        self.cookies: dict[str, str] = {}
        for module in asking():
            patch.setattr(module, "services", lambda: self.services)
        patch.setattr(ContextProxy, "cookies", property(lambda _: self.cookies))
        patch.setattr(ContextProxy, "headers", property(lambda _: {"Accept-Language": "en"}))
        st.cache_data.clear()
        with unit_of_work(engine) as session:
            self.admin = administrator(session)

    def enter(self, role: Role) -> Principal:
        """Sign in somebody with this role; the administrator is the one who is there already."""
        with unit_of_work(self.services.engine) as session:
            email = self.admin.email
            if role is not Role.ADMIN:
                email = f"{role.value}@example.org"
                joined(session, self.admin, email, role)
            made: SignedIn = signed_in(session, email)
        self.cookies["session"] = made.secret
        return made.principal

    def enter_again(self, role: Role) -> None:
        """Sign in the person of this role who has entered before."""
        email = self.admin.email if role is Role.ADMIN else f"{role.value}@example.org"
        with unit_of_work(self.services.engine) as session:
            self.cookies["session"] = signed_in(session, email).secret


def run(page: Callable[[], None], **arguments: object) -> AppTest:
    """The page after its first run."""
    return AppTest.from_function(page, default_timeout=30, kwargs=arguments).run()
