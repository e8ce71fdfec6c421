"""How much of the time between two actions counts as studying."""

from datetime import timedelta

MOST_COUNTED = timedelta(minutes=5)
"""What one gap between two actions adds at most: nobody can tell who reads and who left."""

LONGEST_SITTING_GAP = timedelta(hours=2)
"""After a longer gap a new sitting begins, and the gap adds nothing."""


def counted_seconds(gap: timedelta) -> int:
    """Whole seconds that the gap between two actions adds: 0 to 300.

    A clock that went backwards, or that jumped ahead by more than a sitting's gap, adds nothing.
    """
    if gap <= timedelta(0) or gap > LONGEST_SITTING_GAP:
        return 0
    return int(min(gap, MOST_COUNTED).total_seconds())
