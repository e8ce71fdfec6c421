"""What administrators ask for: a training, a promotion, a roll back; each is a job."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from components import feedback, jobs, theme, viewer
from components.models import names
from core.accounts.access import Area, Principal
from core.i18n import Language, mark
from core.jobs.models import Job, JobKind
from core.registry import service
from core.registry.schemas import Family, Version
from wiring import services

_SEED = 1
_NAMED = {
    JobKind.TRAIN_MODEL: mark("Training: {model}"),
    JobKind.PROMOTE_MODEL: mark("Promotion: {model}, version {version}"),
    JobKind.ROLL_BACK_MODEL: mark("Roll back: {model}, to version {version}"),
}


def train(principal: Principal, families: Sequence[Family], t: Language) -> None:
    """Choose a model and a day, and queue the training."""
    with st.popover(t("Train"), icon=":material/model_training:", type=theme.call_to_action()):
        family = families[0]
        if len(families) > 1:
            family = st.selectbox(
                t("Model"), families, format_func=lambda one: names.family_name(one.name, t)
            )
        day = st.segmented_control(
            t("Day of the course"),
            family.days,
            default=family.days[0],
            required=True,
            format_func=t.number,
            key="train-day",
        )
        st.caption(
            t(
                "It learns from concluded courses and is tested on the latest of them. That "
                "takes a minute or two; you may leave this page."
            )
        )
        if st.button(t("Start the training"), type=theme.call_to_action(), key="train"):
            _ask(
                t("The training is in the queue."),
                service.request_training,
                principal,
                family,
                day or family.days[0],
                _SEED,
            )


def watch(families: Sequence[Family]) -> None:
    """The trainings, promotions and roll backs that are open, and the latest that is over."""

    def named(job: Job) -> str:
        t = viewer.words()
        model = names.model_name(job.payload["name"], families, t)
        return t(_NAMED[job.kind], model=model, version=t.number(job.payload.get("version")))

    jobs.watch(Area.MODELS, service.JOBS, named=named, after=_after)


def change(principal: Principal, version: Version, t: Language) -> None:
    """Promote the version, or roll back from it, where that can be done."""
    if version.is_champion:
        if version.has_predecessor and _button(t("Roll back"), ":material/undo:", version):
            _ask(
                t("The roll back is in the queue."),
                service.request_roll_back,
                principal,
                version.name,
            )
    elif not version.objections and _button(t("Promote"), ":material/upgrade:", version):
        _ask(
            t("The promotion is in the queue."),
            service.request_promotion,
            principal,
            version.name,
            version.version,
        )


def renew(principal: Principal, version: Version, t: Language) -> None:
    """Where the version that should answer does not, say so and offer to write it anew."""
    if not version.is_champion or services().models.answers(version.name, version.version):
        return
    st.error(
        t(
            "This version should answer and does not: its files on the server are missing or "
            "damaged. Promoting it again writes them anew."
        ),
        icon=":material/error:",
    )
    if st.button(
        t("Promote again"), icon=":material/upgrade:", key=f"renew-{version.name}-{version.version}"
    ):
        _ask(
            t("The promotion is in the queue."),
            service.request_promotion,
            principal,
            version.name,
            version.version,
        )


def _button(label: str, icon: str, version: Version) -> bool:
    # Keyed by the version: a click meant for one must never reach another.
    return st.button(
        label,
        icon=icon,
        type=theme.call_to_action(),
        key=f"change-{version.name}-{version.version}",
    )


def _ask(said: str, request: Callable[..., Job], *arguments: Any) -> None:
    with feedback.sentences():
        with services().work() as session:
            request(session, *arguments)
        feedback.done(said)


def _after(job: Job) -> None:
    """What a training found, in a word."""
    if job.kind is not JobKind.TRAIN_MODEL or job.result is None:
        return
    t = viewer.words()
    version = t.number(job.result["version"])
    if job.result["objections"]:
        st.badge(t("Version {version} falls short", version=version), color="gray")
    else:
        st.badge(t("Version {version} may answer", version=version), color="green")
