"""Whether a model finds some groups of learners less often than others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MOST = 0.10
"""By how much recall at 15% capacity may differ between groups without a warning."""


@dataclass(frozen=True, slots=True)
class Gap:
    """The widest difference of recall (0-1) between the groups of one attribute."""

    attribute: str
    least_found: str
    most_found: str
    difference: float

    @property
    def is_wide(self) -> bool:
        """Whether it is more than may pass without a warning."""
        return self.difference > MOST


def widest_gaps(groups: Sequence[Mapping[str, Any]]) -> list[Gap]:
    """The gap of each attribute that has two groups or more, the widest first."""
    gaps = []
    for attribute in dict.fromkeys(one["attribute"] for one in groups):
        of_one = [one for one in groups if one["attribute"] == attribute]
        of_one.sort(key=lambda one: one["recall_at_15"])
        if len(of_one) > 1:
            difference = of_one[-1]["recall_at_15"] - of_one[0]["recall_at_15"]
            gaps.append(Gap(attribute, of_one[0]["group"], of_one[-1]["group"], difference))
    return sorted(gaps, key=lambda one: -one.difference)
