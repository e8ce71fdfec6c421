"""One version: its verdict, its measures beside what it has to beat, its audit and its card."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from components.labels import literal
from components.models import actions, names
from core.accounts.access import Principal
from core.i18n import DEFAULT, Language
from core.registry import fairness
from core.registry.schemas import Version


def show(principal: Principal, version: Version, t: Language) -> None:
    """The version's card."""
    with st.container(border=True):
        with st.container(
            horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
        ):
            with st.container(horizontal=True, vertical_alignment="center", width="content"):
                st.subheader(
                    t("Version {version}", version=t.number(version.version)), anchor=False
                )
                st.badge(verdict(version, t), color=_colour(version))
            actions.change(principal, version, t)
        actions.renew(principal, version, t)
        for one in version.objections:
            st.markdown(f"- {names.told(one, t)}")
        _warn(version, t)
        _compared(version, t)
        st.caption(_origin(version, t))
    _card(version, t)
    _audit(version, t)


def _warn(version: Version, t: Language) -> None:
    """Say where some learners are found less often than others by more than may pass."""
    for gap in fairness.widest_gaps(version.audit.get("groups", ())):
        if gap.is_wide:
            st.warning(
                t(
                    "{attribute}: when 15% are contacted, of those who end badly {points} more in "
                    "a hundred are found of “{most}” than of “{least}”. Up to {allowed} "
                    "would pass.",
                    attribute=names.attribute_name(gap.attribute, t),
                    points=t.number(gap.difference * 100, 1),
                    most=literal(gap.most_found),
                    least=literal(gap.least_found),
                    allowed=t.number(fairness.MOST * 100),
                ),
                icon=":material/balance:",
            )


def verdict(version: Version, t: Language) -> str:
    """Where a version stands, in a word or two."""
    if version.is_champion:
        return t("Answers")
    return t("Falls short") if version.objections else t("Beats what it must")


def _colour(version: Version) -> Any:
    if version.is_champion:
        return "green"
    return "gray" if version.objections else "blue"


def _compared(version: Version, t: Language) -> None:
    """The version first, then what it has to beat, then the other candidates."""
    others = [name for name in version.compared if name != version.algorithm]
    others.sort(key=lambda name: name not in (*version.baselines, "champion"))
    shown = names.measures(version.metrics)
    this = names.algorithm_name(version.algorithm, t)
    rows = [_measures(this, t("this"), version.metrics, shown, t)]
    for name in others:
        role = t("to beat") if name in (*version.baselines, "champion") else t("candidate")
        rows.append(
            _measures(names.algorithm_name(name, t), role, version.compared[name], shown, t)
        )
    column = st.column_config
    st.dataframe(
        rows,
        hide_index=True,
        column_config={
            "name": column.TextColumn(t("On the same test rows"), width=165, pinned=True),
            **{
                name: column.TextColumn(t(label), alignment="right", width=_width(name))
                for name, label in shown.items()
            },
            "role": column.TextColumn(t("Role"), width=80),
        },
        alt=t("Measures of the version beside what it has to beat"),
    )


def _measures(
    name: str,
    role: str,
    metrics: Mapping[str, float | None],
    shown: Iterable[str],
    t: Language,
) -> dict[str, str]:
    told = {key: names.measured(key, metrics.get(key), t) for key in shown}
    return {"name": name, **told, "role": role}


def _width(measure: str) -> int:
    """Pixels that the heading needs."""
    return 112 if "_at_" in measure or ("_" in measure and measure != "pr_auc") else 82


def _origin(version: Version, t: Language) -> str:
    told = t(
        "Trained {moment} with seed {seed}; data {digest}.",
        moment=t.moment(version.trained_at),
        seed=t.number(version.seed),
        digest=version.data_hash[:12],
    )
    if "interval_score" in version.metrics:
        meaning = t(
            "The interval score is the interval's width and, ten times, the days by which it was "
            "missed; lower is better."
        )
    else:
        meaning = t(
            "Precision and recall are of those contacted, when 10% or 15% of all learners are."
        )
    return f"{told} {meaning}"


def _card(version: Version, t: Language) -> None:
    box = st.expander(t("Model card"), icon=":material/description:", on_change="rerun")
    if box.open:
        with box:
            if t.code != DEFAULT:
                st.caption(t("The card is kept in English, as it was written at the training."))
            st.markdown(version.card)


def _audit(version: Version, t: Language) -> None:
    modules, groups = version.audit.get("modules", ()), version.audit.get("groups", ())
    box = st.expander(t("By course"), icon=":material/school:", on_change="rerun")
    if box.open:
        with box:
            _modules(modules, t)
    if "groups" not in version.audit:
        return
    box = st.expander(t("By group of learners"), icon=":material/groups:", on_change="rerun")
    if box.open:
        with box:
            _groups(groups, t)


def _modules(modules: Sequence[Mapping[str, Any]], t: Language) -> None:
    if modules and "coverage_80" in modules[0]:
        _forecasts_by_course(modules, t)
        return
    rows = [
        {
            t("Course"): one["course"],
            t("Learners"): t.number(one["learners"]),
            t("Failed or withdrawn"): t.percent(one.get("share_ended_badly")),
            t("Work due so far"): t.number(one.get("due_count")),
            t("AUC"): t.number(one.get("auc"), names.DIGITS),
        }
        for one in modules
    ]
    st.dataframe(rows, hide_index=True, alt=t("How good the estimates are in each course"))
    st.caption(t("An AUC near 0.5 says no more than chance: most often nothing was due yet."))


def _forecasts_by_course(modules: Sequence[Mapping[str, Any]], t: Language) -> None:
    rows = [
        {
            t("Course"): one["course"],
            t("Learners"): t.number(one["learners"]),
            t("Held by the 80% interval"): t.percent(one["coverage_80"]),
            t("Width (days)"): t.number(one["width_days"], 1),
            t("Error of the middle (days)"): t.number(one["error_days"], 1),
        }
        for one in modules
    ]
    st.dataframe(rows, hide_index=True, alt=t("How good the forecasts are in each course"))
    st.caption(
        t("A course whose last work fell on another day than before moves everybody at once.")
    )


def _groups(groups: Sequence[Mapping[str, Any]], t: Language) -> None:
    if not groups:
        st.caption(t("The data tells nothing of the learners by which they could be grouped."))
        return
    rows = [
        {
            t("By"): names.attribute_name(one["attribute"], t),
            t("Group"): one["group"],
            t("Learners"): t.number(one["learners"]),
            t("Failed or withdrawn"): t.percent(one["share_ended_badly"]),
            t("Found at 15%"): t.percent(one["recall_at_15"]),
        }
        for one in groups
    ]
    st.dataframe(rows, hide_index=True, alt=t("How many of each group are found"))
    st.caption(
        t(
            "Found: the share of those who failed or withdrew that is among the 15% of all "
            "learners with the highest risk. The model never sees these groups."
        )
    )
