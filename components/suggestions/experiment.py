"""The next experiment: the lift test whose reading would improve the plan most."""

import streamlit as st

from components import labels, links, suggestion_queries
from components.suggestions import budget, card, learning, limits
from components.suggestions.head import Wanted
from core.accounts.access import Principal
from core.campaigns.learned import Learned
from core.campaigns.optimizer import budget_card
from core.campaigns.optimizer.experiment import Experiment
from core.campaigns.optimizer.limits import BudgetLimits
from core.campaigns.suggestions import TestAdvice
from core.errors import Invalid
from core.i18n import Language


def show(principal: Principal, generation: int, wanted: Wanted, t: Language) -> None:
    """The test, or why none can be named."""
    learned = learning.known(principal, generation, wanted.currency, wanted.horizon_days, t)
    if learned is None:
        return
    if learned.draws is None:
        card.show(budget_card.too_thin(learned), t("Next experiment"), t)
        return
    if learned.draws.noise is None:
        with st.container(border=True):
            st.subheader(t("Next experiment"), anchor=False)
            _no_outcome(t)
        return
    asked = limits.show(learned.draws, sum(learned.held_spend), t)
    with st.container(border=True):
        st.subheader(t("Next experiment"), anchor=False)
        _weighed(principal, learned, asked, wanted, t)


def _weighed(
    principal: Principal, learned: Learned, asked: BudgetLimits, wanted: Wanted, t: Language
) -> None:
    try:
        with st.spinner(t("Weighing what each test would tell")):
            advice = suggestion_queries.next_test(
                principal, learned.mark, learned.horizon_days, asked
            )
    except Invalid as refused:
        st.error(budget.sentence(refused, wanted.currency, t), icon=":material/block:")
        return
    if advice.test is not None:
        _test(advice.test, wanted, t)
    elif advice.looked_at:
        said = t("No test within these limits would change the plan enough to pay.")
        st.info(said, icon=":material/check:")
    else:
        st.info(
            t("Every campaign is kept as it is, so none can be tested."), icon=":material/lock:"
        )
    st.caption(_looked_at(advice, t))


def _looked_at(advice: TestAdvice, t: Language) -> str:
    """Among how many campaigns the test was looked for, and which were left out."""
    told = [t("{n} campaigns were weighed, within the limits of the plan.",
              n=t.number(advice.looked_at))]  # fmt: skip
    if advice.free > advice.looked_at:
        told.append(t("{n} that spend less were not.", n=t.number(advice.free - advice.looked_at)))
    if advice.locked:
        told.append(t("{n} are kept as they are.", n=t.number(advice.locked)))
    return " ".join(told)


def _no_outcome(t: Language) -> None:
    st.info(
        t(
            "How much a test would tell depends on how far total revenue strays by itself. "
            "Import the revenue of the whole business by day or week, and the test worth most is "
            "named here."
        ),
        icon=":material/hourglass_empty:",
    )
    links.to("data", t("Open the Data page"), ":material/upload:")


def _test(test: Experiment, wanted: Wanted, t: Language) -> None:
    weeks = t.plural("{n} week", "{n} weeks", test.weeks)
    with st.grid(3, min_column_width=200):
        st.metric(t("Change of spend"), _change(test, t), border=True, height="stretch")
        st.metric(t("How long"), weeks, border=True, height="stretch")
        st.metric(
            t("Worth"),
            t.money(test.value, wanted.currency, 0),
            border=True,
            height="stretch",
            help=t(
                "Revenue that the better plan is expected to bring over these days once the test "
                "is read; knowing the answer for certain would be worth {known}.",
                known=t.money(test.known, wanted.currency, 0),
            ),
        )
    st.markdown(f"{_how(test, weeks, t)} {_tells(test, t)}")
    st.caption(
        t(
            "Import what was measured as a lift test (campaign, start, end, change of spend, "
            "lift with its 90% interval): it is learned from at once."
        )
    )


def _how(test: Experiment, weeks: str, t: Language) -> str:
    name = labels.literal(test.name)
    if test.spend_change <= -1:
        return t(
            "Switch **{campaign}** off for {weeks}, in regions or days drawn by lot, and leave "
            "all other campaigns as they are.",
            campaign=name,
            weeks=weeks,
        )
    return t(
        "Change the spend of **{campaign}** by {change} for {weeks}, in regions or days drawn by "
        "lot, and leave all other campaigns as they are.",
        campaign=name,
        change=_change(test, t),
        weeks=weeks,
    )


def _tells(test: Experiment, t: Language) -> str:
    return t(
        "What it brings is known to about {now} of itself now; after the test to about {after}.",
        now=_doubt(test.doubt_now, t),
        after=_doubt(test.doubt_after, t),
    )


def _change(test: Experiment, t: Language) -> str:
    return t.percent(test.spend_change, 0, signed=True)


def _doubt(share: float, t: Language) -> str:
    return f"±{t.percent(share, 0)}"
