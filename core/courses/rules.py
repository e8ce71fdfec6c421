"""What counts in a course: required lessons, groups of them, weights and the pass mark."""

from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass, field
from decimal import Decimal

from core.courses.progress import Group, Progress, progress
from core.errors import Invalid
from core.i18n import Language, mark

LARGEST_WEIGHT = Decimal("99999.9999")
_STEP = Decimal("0.0001")
_TITLE_LIMIT = 200

_FAULTS = {
    "pass_mark": mark("A pass mark is a whole number from 0 to 100."),
    "weight": mark("A weight is a number from 0 to 99,999.9999 with four decimals at most."),
    "lesson": mark("A lesson of another course cannot count here."),
    "title": mark("Every group of lessons needs a name of its own."),
    "needed": mark("{title} asks for {needed} lessons and has {lessons}."),
    "twice": mark("A lesson counts once: by itself or in one group."),
}


class FaultyRules(Invalid):
    """Rules by which nobody's progress could be worked out; ``field`` names what is wrong."""

    code = "faulty_rules"

    def sentence(self, language: Language) -> str:
        """What is wrong, with the group it is about."""
        return language(_FAULTS[self.data["field"]], **self.data)


@dataclass(frozen=True, slots=True)
class Rules:
    """What counts in a course: weights of lessons that count by themselves, and groups.

    ``number`` counts a course's rules from 1.
    """

    pass_mark: int
    lessons: Mapping[int, Decimal] = field(default_factory=dict)
    groups: tuple[Group, ...] = ()
    number: int = 1

    def progress(self, completed: Set[int]) -> Progress:
        """How far somebody is who completed these lessons."""
        return progress(self.lessons, completed, self.groups)

    def group_of(self, lesson_id: int) -> Group | None:
        """The group in which a lesson counts."""
        return next((one for one in self.groups if lesson_id in one.lessons), None)

    def counts(self, lesson_id: int) -> bool:
        """Whether a lesson counts, by itself or in a group."""
        return lesson_id in self.lessons or self.group_of(lesson_id) is not None

    def counts_as(self, other: "Rules") -> bool:
        """Whether the other rules make the same of everybody, whatever their number."""
        return (self.pass_mark, dict(self.lessons), set(self.groups)) == (
            other.pass_mark,
            dict(other.lessons),
            set(other.groups),
        )


def require_sound(rules: Rules, lessons: Collection[int]) -> None:
    """Raise :class:`FaultyRules` unless the rules can hold in a course of these lessons."""
    if not 0 <= rules.pass_mark <= 100:
        raise FaultyRules(field="pass_mark")
    weights = [*rules.lessons.values(), *(one.weight for one in rules.groups)]
    if not all(_is_weight(one) for one in weights):
        raise FaultyRules(field="weight")
    named = [*rules.lessons, *(lesson for one in rules.groups for lesson in one.lessons)]
    if not set(named) <= set(lessons):
        raise FaultyRules(field="lesson")
    if len(set(named)) != len(named):
        raise FaultyRules(field="twice")
    _require_sound_groups(rules.groups)


def _require_sound_groups(groups: tuple[Group, ...]) -> None:
    titles = [one.title for one in groups]
    if len(set(titles)) != len(titles) or not all(
        one.strip() and len(one) <= _TITLE_LIMIT for one in titles
    ):
        raise FaultyRules(field="title")
    for one in groups:
        if not 1 <= one.needed <= len(one.lessons):
            raise FaultyRules(
                field="needed", title=one.title, needed=one.needed, lessons=len(one.lessons)
            )


def _is_weight(weight: Decimal) -> bool:
    return weight.is_finite() and 0 <= weight <= LARGEST_WEIGHT and weight == weight.quantize(_STEP)
