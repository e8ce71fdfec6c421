"""What a tab keeps of what it edits, so that nobody's change is written over unseen."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

import streamlit as st
from pyarrow.lib import Table

from components import feedback, viewer
from components.course_editor import wording
from core.courses.authoring import Overwritten, clashes
from core.i18n import Language

Plan = TypeVar("Plan")


@dataclass
class Held(Generic[Plan]):
    """What a form was filled from, and what of others the person has been shown since."""

    opened: Plan
    form: int = 0
    agreed: Plan | None = None


def hold(subject: str, now: Plan) -> Held[Plan]:
    """What this tab holds of a subject; taken anew on arrival and after each save."""
    key = f"held-{subject}"
    held: Held[Plan] | None = st.session_state.get(key)
    if held is None or viewer.is_first_look(key):
        viewer.is_first_look(key)
        held = Held(now, held.form + 1 if held else 0)
        st.session_state[key] = held
    return held


def save(
    subject: str,
    now: Any,
    typed: Any,
    action: Callable[[Any, Any], None],
    t: Language,
) -> None:
    """Save what was typed; where somebody saved the same fields since, show that first.

    ``action`` takes what is saved now and what shall be. Saved again, what was typed stands,
    and fields that one left alone keep what the other saved.
    """
    held: Held[Any] = hold(subject, now)
    found = clashes(held.opened, typed, now)
    if found and held.agreed != now:
        held.agreed = now
        _show(found, t)
        return
    own = {
        name: getattr(typed, name)
        for name in type(typed).__slots__
        if getattr(typed, name) != getattr(held.opened, name)
    }
    with feedback.sentences():
        action(now, replace(now, **own))
        viewer.look_again(f"held-{subject}")
        feedback.done(t("Saved."))


def _show(found: Any, t: Language) -> None:
    st.warning(Overwritten().sentence(t), icon=":material/group:")
    rows = [
        {
            t("Field"): wording.field_name(one.field, t),
            t("You typed"): wording.value(one.mine, t),
            t("Saved now"): wording.value(one.theirs, t),
            t("When you opened it"): wording.value(one.before, t),
        }
        for one in found
    ]
    st.table(Table.from_pylist(rows), hide_index=True)
    st.caption(
        t(
            "Your input is still in the form. Save again to keep what you typed; "
            "fields that you left alone keep what is saved now."
        )
    )
