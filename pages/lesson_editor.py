"""Writing a lesson: its text, video and files, and its quiz; for those who teach the course."""

from components import viewer
from components.lessons import editor, quiz_editor
from core.accounts.access import Area


def page() -> None:
    """Draw the forms of the lesson that the address names."""
    principal = viewer.page(Area.COHORTS)
    t = viewer.words()
    found = editor.find(principal, t)
    if found is None:
        return
    editor.head(found)
    editor.text(found, principal, t)
    editor.files(found, principal, t)
    quiz_editor.show(found.lesson_id, principal, t)
