"""Every page, in the order of the navigation."""

from collections.abc import Callable
from dataclasses import dataclass

from core.accounts.access import Area
from core.i18n import mark
from pages import (
    campaign,
    campaign_plan,
    campaign_plans,
    campaigns,
    catalogue,
    cohorts,
    course,
    course_editor,
    data,
    document_batch,
    documents,
    home,
    lesson,
    lesson_editor,
    models,
    my_courses,
    new_document,
    people,
    profile,
    suggestions,
    track_record,
    write_courses,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One page: what draws it, its words, its address, and the area it belongs to.

    One that is not listed is reached by links only: it needs to be told what to show.
    """

    show: Callable[[], None]
    title: str
    icon: str
    url_path: str
    section: str
    area: Area
    is_listed: bool = True


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
        campaign.page,
        mark("Campaign"),
        ":material/insights:",
        "campaign",
        mark("Marketing"),
        Area.CAMPAIGNS,
        is_listed=False,
    ),
    Entry(
        suggestions.page,
        mark("Suggestions"),
        ":material/lightbulb:",
        "suggestions",
        mark("Marketing"),
        Area.CAMPAIGNS,
    ),
    Entry(
        track_record.page,
        mark("Track record"),
        ":material/fact_check:",
        "track-record",
        mark("Marketing"),
        Area.CAMPAIGNS,
    ),
    Entry(
        campaign_plans.page,
        mark("Campaign plans"),
        ":material/edit_calendar:",
        "campaign-plans",
        mark("Marketing"),
        Area.CAMPAIGNS,
    ),
    Entry(
        campaign_plan.page,
        mark("Campaign plan"),
        ":material/edit_note:",
        "campaign-plan",
        mark("Marketing"),
        Area.CAMPAIGNS,
        is_listed=False,
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
        document_batch.page,
        mark("Documents from a table"),
        ":material/table:",
        "document-batch",
        mark("Documents"),
        Area.NEW_DOCUMENT,
        is_listed=False,
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
        my_courses.page,
        mark("My courses"),
        ":material/school:",
        "my-courses",
        mark("Learning"),
        Area.MY_COURSES,
    ),
    Entry(
        catalogue.page,
        mark("Catalogue"),
        ":material/library_add:",
        "catalogue",
        mark("Learning"),
        Area.MY_COURSES,
    ),
    Entry(
        course.page,
        mark("Course"),
        ":material/menu_book:",
        "course",
        mark("Learning"),
        Area.MY_COURSES,
        is_listed=False,
    ),
    Entry(
        lesson.page,
        mark("Lesson"),
        ":material/menu_book:",
        "lesson",
        mark("Learning"),
        Area.MY_COURSES,
        is_listed=False,
    ),
    Entry(
        lesson_editor.page,
        mark("Write a lesson"),
        ":material/edit_note:",
        "lesson-editor",
        mark("Learning"),
        Area.COHORTS,
        is_listed=False,
    ),
    Entry(
        cohorts.page,
        mark("Cohorts"),
        ":material/groups:",
        "cohorts",
        mark("Learning"),
        Area.COHORTS,
    ),
    Entry(
        write_courses.page,
        mark("Write courses"),
        ":material/edit_note:",
        "write-courses",
        mark("Learning"),
        Area.COHORTS,
    ),
    Entry(
        course_editor.page,
        mark("Course editor"),
        ":material/edit_note:",
        "course-editor",
        mark("Learning"),
        Area.COHORTS,
        is_listed=False,
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
