"""Every page, in the order of the navigation."""

from collections.abc import Callable
from dataclasses import dataclass

from core.accounts.access import Area
from core.i18n import mark
from pages import campaigns, data, documents, home, models, new_document, people, profile


@dataclass(frozen=True, slots=True)
class Entry:
    """One page: what draws it, its words, its address, and the area it belongs to."""

    show: Callable[[], None]
    title: str
    icon: str
    url_path: str
    section: str
    area: Area


PAGES = (
    Entry(home.page, mark("Home"), ":material/home:", "home", "", Area.HOME),
    Entry(
        campaigns.page,
        mark("Campaigns"),
        ":material/insights:",
        "campaigns",
        mark("Marketing"),
        Area.CAMPAIGNS,
    ),
    Entry(
        new_document.page,
        mark("New document"),
        ":material/note_add:",
        "new-document",
        mark("Documents"),
        Area.NEW_DOCUMENT,
    ),
    Entry(
        documents.page,
        mark("History"),
        ":material/history:",
        "documents",
        mark("Documents"),
        Area.DOCUMENT_HISTORY,
    ),
    Entry(
        people.page,
        mark("People"),
        ":material/group:",
        "people",
        mark("Administration"),
        Area.PEOPLE,
    ),
    Entry(
        data.page,
        mark("Data"),
        ":material/database:",
        "data",
        mark("Administration"),
        Area.DATA,
    ),
    Entry(
        models.page,
        mark("Models"),
        ":material/model_training:",
        "models",
        mark("Administration"),
        Area.MODELS,
    ),
    Entry(
        profile.page,
        mark("Profile"),
        ":material/account_circle:",
        "profile",
        mark("Account"),
        Area.PROFILE,
    ),
)
