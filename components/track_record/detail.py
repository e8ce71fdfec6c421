"""One accepted suggestion: predicted and realised, the plan and whether it was carried out."""

import streamlit as st

from components import labels
from components.track_record import actions, wording
from core.campaigns.optimizer.wording import say
from core.i18n import Language
from core.track_record import remarks
from core.track_record.calibration import agrees
from core.track_record.carried_out import FOLLOWED
from core.track_record.models import AcceptedStatus
from core.track_record.schemas import Accepted, Judgement

_NARROWEST = 210
_TALL = 420


def show(record: Accepted, t: Language) -> None:
    """Everything about one suggestion."""
    with st.container(border=True):
        st.subheader(f"#{record.id} · {wording.title(record, t)}", anchor=False)
        st.caption(_origin(record, t))
        _gains(record, t)
        if record.judgement:
            _verdict(record, record.judgement, t)
        elif record.status is AcceptedStatus.OPEN:
            st.info(
                t(
                    "It is judged after the first import that tells {day}.",
                    day=t.date(record.last_day),
                ),
                icon=":material/schedule:",
            )
        _plan(record, t)
        for one in record.constraints:
            st.caption(say(remarks.read(one), t, record.currency))
        actions.show(record, t)


def _origin(record: Accepted, t: Language) -> str:
    told = t(
        "Accepted by {who}, {moment}; made from generation {generation} with seed {seed}.",
        who=labels.literal(record.accepted_by or t("somebody who has left")),
        moment=t.moment(record.accepted_at),
        generation=t.number(record.generation),
        seed=t.number(record.seed),
    )
    days = f"{t.date(record.first_day)} – {t.date(record.last_day)}"
    sample = f" {t('Of the sample world.')}" if record.is_sample else ""
    return f"{days} · {told}{sample}"


def _gains(record: Accepted, t: Language) -> None:
    realised = record.realised
    with st.grid(2, min_column_width=_NARROWEST):
        for label, gain in ((t("Predicted"), record.predicted), (t("Realised"), realised)):
            with st.container(gap="xxsmall"):
                st.metric(label, t.percent(gain.mean if gain else None, 1, signed=True))
                st.caption(wording.share(gain, t))
                st.caption(wording.money(gain, record.currency, t))
    of = remarks.read(record.of)
    st.caption(t("Predicted: {of}. In brackets the 90% interval.", of=say(of, t, record.currency)))


def _verdict(record: Accepted, verdict: Judgement, t: Language) -> None:
    if verdict.why_not is not None:
        told = say(remarks.read(verdict.why_not), t, record.currency)
        st.warning(t("It cannot be judged. {why}", why=told), icon=":material/help:")
        return
    if agrees(record):
        sentence = t("What came agrees with what was predicted, as far as it can be measured.")
        st.success(sentence, icon=":material/check_circle:")
    else:
        sentence = t("What came does not agree with what was predicted.")
        st.warning(sentence, icon=":material/error:")
    st.markdown(_compared(verdict, t))
    _doubts(verdict, t)


def _compared(verdict: Judgement, t: Language) -> str:
    measure = t("revenue") if verdict.measure == "revenue" else t("conversions")
    told = t(
        "Measured on the {measure} that the platforms report for these campaigns on {days} days, "
        "against what {before} days before let expect without the change.",
        measure=measure,
        days=t.number(verdict.days),
        before=t.number(verdict.pre_days),
    )
    if not verdict.controls:
        return told
    beside = t(
        "Compared also with {controls}.",
        controls=labels.literal(wording.controls(verdict.controls, t)),
    )
    return f"{told} {beside}"


def _doubts(verdict: Judgement, t: Language) -> None:
    if verdict.reached is not None and verdict.reached < FOLLOWED:
        st.warning(
            t(
                "The plan was not carried out: {share} of the way was gone. So this tells "
                "little about the suggestion.",
                share=t.percent(verdict.reached, 0),
            ),
            icon=":material/alt_route:",
        )
    if verdict.overlaps:
        others = ", ".join(f"#{one}" for one in verdict.overlaps)
        st.caption(
            t("Meanwhile {others} changed the same campaigns; the effects are not told apart.",
              others=others)
        )  # fmt: skip
    if verdict.business is not None:
        st.caption(
            t(
                "The whole business's revenue changed meanwhile by {gain}, by the same method.",
                gain=wording.share(verdict.business, t),
            )
        )


def _plan(record: Accepted, t: Language) -> None:
    done = record.judgement.done if record.judgement else (None,) * len(record.plan)
    rows = [
        {
            t("What"): f"{one.group}: {one.subject}" if one.group else t(one.subject),
            t("Before"): wording.amount(one.now, one.measure, record.currency, t),
            t("Planned"): wording.amount(one.then, one.measure, record.currency, t),
            t("Became"): wording.amount(value, one.measure, record.currency, t),
        }
        for one, value in zip(record.plan, done, strict=True)
    ]
    right = {name: st.column_config.TextColumn(alignment="right") for name in list(rows[0])[1:]}
    st.dataframe(
        rows,
        hide_index=True,
        column_config=right,
        height=_TALL if len(rows) > 10 else "content",
        alt=t("The plan: what was before, what was planned, what it became"),
    )
    st.caption(t("Money is over {days} days.", days=t.number(record.horizon_days)))
