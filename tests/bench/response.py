"""What fitting responses and planning a budget costs: processor time and memory."""

import resource
import time

from core.campaigns.optimizer.budget import best_plan
from core.campaigns.optimizer.limits import BudgetLimits
from ml.response.fit import fit
from ml.scorecard.worlds import WorldKind, draw

_SIZES = (
    WorldKind("weekly", campaigns=5, periods=104, period_days=7, horizon_days=56),
    WorldKind("daily", campaigns=12, periods=540, period_days=1, horizon_days=28),
    WorldKind("many", campaigns=100, periods=730, period_days=1, horizon_days=28),
    WorldKind("most", campaigns=500, periods=730, period_days=1, horizon_days=28),
)


def main() -> None:
    """Print a line for each size; memory is the most so far, so small sizes come first."""
    for kind in _SIZES:
        history = draw(kind, 1).history
        begun, clock = time.process_time(), time.perf_counter()
        draws = fit(history, kind.horizon_days, seed=1)
        fitted = time.process_time() - begun
        best_plan(draws, BudgetLimits())
        spent, elapsed = time.process_time() - begun, time.perf_counter() - clock
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{kind.campaigns} campaigns x {kind.periods} periods: fit {fitted:.2f} s, "
            f"with plan {spent:.2f} s of processor, {elapsed:.2f} s; peak {memory} MB so far"
        )


if __name__ == "__main__":
    main()
