"""The contract: parties, numbered clauses that refer to each other, and signatures."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from core.documents.model import (
    Block,
    Bullets,
    Clause,
    Paragraph,
    Section,
    Signature,
    Signatures,
    TextStyle,
)
from core.documents.references import ref
from core.documents.writing import Writing, clause, told, under
from core.i18n import mark

_HUNDRED = Decimal(100)

FEE_BASES = {
    "fixed": mark(
        "The provider receives a fixed fee of {fee} for all services under clause {services} "
        "within the term under clause {term}."
    ),
    "monthly": mark(
        "The provider receives {fee} for each month of the term under clause {term}, for the "
        "services under clause {services}; a month begun is paid by the day."
    ),
    "hourly": mark(
        "The provider receives {fee} for each hour worked on the services under clause {services} "
        "within the term under clause {term}, proved by a record of hours with the invoice."
    ),
}
RIGHTS = {
    "client": mark(
        "Once the fee under clause {fee} is paid, all rights to the results belong to the client."
    ),
    "provider": mark(
        "The rights to the results stay with the provider. The client may use them in its own "
        "organisation, without a limit of time, once the fee under clause {fee} is paid."
    ),
    "shared": mark(
        "Both parties may use the results freely once the fee under clause {fee} is paid."
    ),
}


def parties(w: Writing) -> Section:
    """Between whom the contract is made, and the names they have from there on."""
    t = w.t
    blocks: tuple[Block, ...] = (
        *told(t("This contract is made between")),
        Paragraph(_party(w, "client"), TextStyle.ADDRESS),
        Paragraph(t("(“the client”) and"), TextStyle.BODY),
        Paragraph(_party(w, "provider"), TextStyle.ADDRESS),
        Paragraph(t("(“the provider”)."), TextStyle.BODY),
    )
    return Section("parties", "", blocks)


def services(w: Writing) -> Section:
    """What is owed."""
    t = w.t
    blocks: list[Block] = [
        clause(t("Services"), "services"),
        under(t("The provider renders these services to the client:"), "scope"),
        Bullets(w.lines("services")),
    ]
    if w.lines("deliverables"):
        blocks += [
            under(t("The provider hands over:"), "results"),
            Bullets(w.lines("deliverables")),
            under(
                t(
                    "The client examines what is handed over and names faults in writing within "
                    "{days} days; what is not objected to by then counts as accepted. Rights to "
                    "it are governed by clause {rights}.",
                    days=w.count(mark("Days to examine"), w.number("acceptance_days")),
                    rights=ref("rights"),
                )
            ),
        ]
    blocks.append(
        under(
            t(
                "Changes of the services are agreed in writing, with what they mean for the dates "
                "in clause {term} and the fee in clause {fee}.",
                term=ref("term"),
                fee=ref("fee"),
            )
        )
    )
    return Section("services", "", tuple(blocks))


def course(w: Writing) -> Section:
    """A training contract's services: a course, for how many, and what is certified."""
    t, chosen = w.t, w.values["course"]
    named = t("“{title}” ({code})", title=chosen["title"], code=chosen["code"])
    title = named if chosen["code"] else t("“{title}”", title=chosen["title"])
    blocks: list[Block] = [
        clause(t("Training"), "services"),
        under(
            t(
                "The provider gives the course {title} with {hours} hours of teaching to as many "
                "as {people} participants whom the client names.",
                title=w.ledger.label(title),
                hours=w.count(mark("Hours of teaching"), w.number("hours")),
                people=w.count(mark("Participants"), w.number("participants")),
            )
        ),
        *_course_days(w),
        *_certificate(w),
        under(
            t(
                "The client may send another participant in place of one who cannot come, until "
                "the course begins. Cancelling the course is governed by clause {ending}.",
                ending=ref("ending"),
            )
        ),
    ]
    return Section("course", "", tuple(blocks))


def term(w: Writing) -> Section:
    """From when until when."""
    t = w.t
    if w.values.get("ends_on"):
        sentence = t(
            "This contract begins on {start} and ends on {end} without notice.",
            start=w.day("starts_on"),
            end=w.day("ends_on"),
        )
    else:
        sentence = t(
            "This contract begins on {start} and runs until it is ended under clause {ending}.",
            start=w.day("starts_on"),
            ending=ref("ending"),
        )
    return Section("term", "", (clause(t("Term"), "term"), under(sentence)))


def fee(w: Writing) -> Section:
    """What is paid, when, and what follows from paying late."""
    t = w.t
    basis = t(
        FEE_BASES[w.text("fee_basis")],
        fee=w.money(mark("Fee"), w.number("fee")),
        services=ref("services"),
        term=ref("term"),
    )
    blocks = (clause(t("Fee and payment"), "fee"), under(basis), under(_tax(w)), *_payment(w))
    return Section("fee", "", blocks)


def confidentiality(w: Writing) -> Section:
    """What stays between the parties, and for how long."""
    t = w.t
    years = w.number("confidential_years")
    lasting = (
        t(
            "This duty lasts for {years} years after the end of the contract.",
            years=w.count(mark("Years of confidentiality"), years),
        )
        if years
        else t("This duty lasts beyond the end of the contract.")
    )
    blocks = (
        clause(t("Confidentiality"), "confidentiality"),
        under(
            t(
                "Each party keeps secret what it learns about the business of the other, and uses "
                "it for this contract only. This does not hold for what is public, was known "
                "before, or has to be disclosed by law."
            )
        ),
        under(lasting),
    )
    return Section("confidentiality", "", blocks)


def data_protection(w: Writing) -> Section:
    """Personal data, in more words where the provider handles the client's."""
    t = w.t
    first = under(t("Each party observes the law that protects personal data."))
    handled = (
        (
            under(
                t(
                    "The provider handles personal data of the client only on the client's written "
                    "instruction, keeps them as safe as clause {secret} asks, reports a breach "
                    "without delay, and deletes or returns them when the contract ends.",
                    secret=ref("confidentiality"),
                )
            ),
        )
        if w.text("personal_data") == "yes"
        else ()
    )
    return Section(
        "data_protection", "", (clause(t("Personal data"), "personal_data"), first, *handled)
    )


def rights(w: Writing) -> Section:
    """To whom the results belong."""
    t = w.t
    sentence = t(RIGHTS[w.text("rights")], fee=ref("fee"))
    return Section("rights", "", (clause(t("Rights to the results"), "rights"), under(sentence)))


def liability(w: Writing) -> Section:
    """Who answers for what, and up to which amount."""
    t = w.t
    cap = w.number("liability_cap")
    limited = (
        (
            under(
                t(
                    "For slight negligence a party is liable up to {cap} in all. This limit does "
                    "not hold for harm to life, body or health, nor for breaches of "
                    "clause {secret}.",
                    cap=w.money(mark("Limit of liability"), cap),
                    secret=ref("confidentiality"),
                )
            ),
        )
        if cap
        else ()
    )
    own = under(t("Each party is liable for the damage that it causes with intent or negligence."))
    return Section("liability", "", (clause(t("Liability"), "liability"), own, *limited))


def ending(w: Writing) -> Section:
    """How the contract is ended, and what stays after it."""
    t = w.t
    blocks = (
        clause(t("Ending the contract"), "ending"),
        under(
            t(
                "Each party may end the contract in writing with {days} days' notice.",
                days=w.count(mark("Days of notice"), w.number("notice_days")),
            )
        ),
        under(
            t(
                "A party may end it at once when the other breaks it seriously and does not mend "
                "that within {days} days of being told in writing.",
                days=w.count(mark("Days to pay"), w.number("payment_days")),
            )
        ),
        under(
            t(
                "What was rendered until then is paid under clause {fee}. Clauses {secret} and "
                "{liability} stay in force.",
                fee=ref("fee"),
                secret=ref("confidentiality"),
                liability=ref("liability"),
            )
        ),
    )
    return Section("ending", "", blocks)


def law(w: Writing) -> Section:
    """The law and the courts, and what holds when a clause does not."""
    t = w.t
    blocks = (
        clause(t("Law and courts"), "law"),
        under(
            t(
                "The law of {law} governs this contract. The courts of {courts} decide disputes.",
                law=w.text("law"),
                courts=w.text("courts"),
            )
        ),
        under(
            t(
                "Changes of this contract need the written form. Where a clause is void the others "
                "stand, and the parties replace it by one that comes closest to what they wanted."
            )
        ),
    )
    return Section("law", "", blocks)


def signatures(w: Writing) -> Section:
    """Where both sign."""
    t = w.t
    both = Signatures(
        (
            Signature(w.text("client_name"), w.person("client_signer")),
            Signature(w.text("provider_name"), w.person("provider_signer")),
        ),
        (t("Name"), t("Place and date"), t("Signature")),
    )
    return Section("signatures", t("Signatures"), (both,))


def _party(w: Writing, name: str) -> str:
    """Name, address and registration, line under line."""
    lines = [w.text(f"{name}_name"), *w.lines(f"{name}_address")]
    number = w.text(f"{name}_number")
    return "\n".join([*lines, *([number] if number else [])])


def _course_days(w: Writing) -> tuple[Clause, ...]:
    t, chosen = w.t, w.values["course"]
    if not chosen["starts_on"]:
        return ()
    start = w.of_day(chosen["starts_on"])
    if not chosen["ends_on"]:
        return (under(t("The course begins on {start}.", start=start)),)
    end = w.of_day(chosen["ends_on"])
    return (under(t("The course runs from {start} to {end}.", start=start, end=end)),)


def _certificate(w: Writing) -> tuple[Clause, ...]:
    attendance = w.number("attendance")
    if not attendance:
        return ()
    share = w.share(mark("Attendance asked for a certificate"), attendance / _HUNDRED)
    return (
        under(
            w.t(
                "Participants who attend at least {share} of the hours receive a certificate.",
                share=share,
            )
        ),
    )


def _tax(w: Writing) -> str:
    tax = w.number("tax")
    if not tax:
        return w.t("No tax is added to the fee.")
    share = w.share(mark("Tax"), tax / _HUNDRED)
    return w.t("Value added tax of {share} is added to the fee.", share=share)


def _payment(w: Writing) -> tuple[Clause, ...]:
    t = w.t
    days = w.count(mark("Days to pay"), w.number("payment_days"))
    due = under(t("Invoices are due within {days} days of their receipt.", days=days))
    interest = w.number("late_interest")
    if not interest:
        return (due,)
    share = w.share(mark("Interest on late payment"), interest / _HUNDRED)
    return (
        due,
        under(t("An amount that is overdue bears interest of {share} a year.", share=share)),
    )


SECTIONS: Mapping[str, Callable[[Writing], Section]] = {
    "parties": parties,
    "services": services,
    "course": course,
    "term": term,
    "fee": fee,
    "rights": rights,
    "confidentiality": confidentiality,
    "data_protection": data_protection,
    "liability": liability,
    "ending": ending,
    "law": law,
    "signatures": signatures,
}
