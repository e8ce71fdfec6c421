"""One version: its verdict, its measures beside what it has to beat, its audit and its card."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from components.labels import literal
from components.models import actions, drift, names
from core.accounts.access import Principal
from core.i18n import DEFAULT, MISSING, Language
from core.registry import fairness
from core.registry.schemas import RowsUsed, Version


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
    drift.show(principal, version, t)
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
    """A row for each measure: the version, then what it has to beat, then the other candidates."""
    to_beat = (*version.baselines, "champion")
    others = [name for name in version.compared if name != version.algorithm]
    others.sort(key=lambda name: name not in to_beat)
    metrics = {version.algorithm: version.metrics, **{one: version.compared[one] for one in others}}
    roles = {version.algorithm: t("this"), **dict.fromkeys(to_beat, t("to beat"))}
    column = st.column_config
    st.dataframe(
        [
            {"measure": t("Role"), **{one: roles.get(one, t("candidate")) for one in metrics}},
            *(
                {
                    "measure": t(label),
                    **{
                        one: names.measured(name, told.get(name), t)
                        for one, told in metrics.items()
                    },
                }
                for name, label in names.measures(version.metrics).items()
            ),
        ],
        hide_index=True,
        column_config={
            "measure": column.TextColumn(t("On the same test rows"), width=150, pinned=True),
            **{
                name: column.TextColumn(names.algorithm_name(name, t), alignment="right", width=132)
                for name in metrics
            },
        },
        alt=t("Measures of the version beside what it has to beat"),
    )


def _origin(version: Version, t: Language) -> str:
    told = t(
        "Trained {moment} with seed {seed} on {learned}; tested on {tested}; data {digest}.",
        moment=t.moment(version.trained_at),
        seed=t.number(version.seed),
        learned=_used(version.trained_on, t),
        tested=_used(version.tested_on, t),
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


def _used(rows: RowsUsed, t: Language) -> str:
    """Rows in a line: how many enrolments of how many courses, and when those started."""
    told = [
        t.plural("{n} enrolment", "{n} enrolments", rows.rows),
        t.plural("{n} course", "{n} courses", len(rows.courses)),
    ]
    starts = list(dict.fromkeys((rows.first_start, rows.last_start)))
    told.append(" – ".join(t.date(day) for day in starts if day) or MISSING)
    return " · ".join(told)


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
