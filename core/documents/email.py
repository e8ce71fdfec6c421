"""The e-mail: greeting, what it is about, what is asked, and by when."""

from collections.abc import Callable, Mapping

from core.documents.model import Block, Bullets, Envelope, Paragraph, Section, TextStyle
from core.documents.writing import Writing, listed, told, typed
from core.i18n import mark

OPENINGS = {
    "follow_up": mark("Thank you for your time. Here is what I keep from our conversation."),
    "offer": mark("As agreed, here is our offer in short."),
    "reminder": mark("I come back to something that is still open between us."),
    "thanks": mark("I would like to thank you."),
}
GREETINGS = {"formal": mark("Dear {name},"), "friendly": mark("Hello {name},")}
CLOSINGS = {"formal": mark("Yours sincerely"), "friendly": mark("Best wishes")}


def envelope(w: Writing) -> Envelope:
    """To and from whom the message goes."""
    sender, t = w.values.get("sender") or {}, w.t
    return Envelope(
        to_address=w.text("to_address"),
        to_name=w.text("to_name"),
        from_name=str(sender.get("name") or ""),
        from_address=str(sender.get("email") or ""),
        labels=(t("Recipient"), t("Sender"), t("Subject")),
    )


def greeting(w: Writing) -> Section:
    """How the reader is addressed."""
    text = w.t(GREETINGS[_tone(w)], name=w.text("to_name"))
    return Section("greeting", "", (Paragraph(text),))


def opening(w: Writing) -> Section:
    """Why the message is written, and what the author adds in their own words."""
    first = w.t(OPENINGS[w.text("purpose")])
    return Section("opening", "", (*told(first), *typed(w, "context")))


def points(w: Writing) -> Section:
    """What the message says, point by point."""
    return Section("points", "", listed(w, "points"))


def invitation(w: Writing) -> Section:
    """A course somebody is invited to, with its days."""
    t, chosen = w.t, w.values["course"]
    text = t(
        "I would like to invite you to the course “{title}”.", title=w.ledger.label(chosen["title"])
    )
    blocks = (*told(text, _days(w), style=TextStyle.BODY), *typed(w, "context"))
    return Section("invitation", "", blocks)


def learned(w: Writing) -> Section:
    """What a course teaches."""
    lines = w.lines("points")
    blocks: tuple[Block, ...] = (
        (Paragraph(w.t("By its end you will be able to")), Bullets(lines)) if lines else ()
    )
    return Section("learned", "", blocks)


def request(w: Writing) -> Section:
    """What the reader is asked for, and by when."""
    t, step = w.t, w.text("next_step")
    if not step:
        return Section("request", "", ())
    if not w.values.get("due_on"):
        return Section("request", "", told(t("My request: {step}", step=step)))
    day = w.day("due_on")
    return Section("request", "", told(t("My request by {day}: {step}", day=day, step=step)))


def closing(w: Writing) -> Section:
    """How the message ends."""
    sender = w.values.get("sender") or {}
    lines = [sender.get("name"), sender.get("role"), w.text("organisation")]
    signed = "\n".join(line for line in lines if line)
    blocks = (Paragraph(w.t(CLOSINGS[_tone(w)])), Paragraph(signed, TextStyle.ADDRESS))
    return Section("closing", "", blocks)


def _tone(w: Writing) -> str:
    return w.text("tone") or "formal"


def _days(w: Writing) -> str:
    chosen = w.values["course"]
    if not chosen["starts_on"]:
        return ""
    start = w.of_day(chosen["starts_on"])
    if not chosen["ends_on"]:
        return w.t("It begins on {start}.", start=start)
    return w.t("It runs from {start} to {end}.", start=start, end=w.of_day(chosen["ends_on"]))


SECTIONS: Mapping[str, Callable[[Writing], Section]] = {
    "greeting": greeting,
    "opening": opening,
    "points": points,
    "invitation": invitation,
    "learned": learned,
    "request": request,
    "closing": closing,
}
