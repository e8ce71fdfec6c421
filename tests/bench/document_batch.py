"""Documents from a table: seconds and peak memory for 100 and for 1,000 rows."""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from core.documents.batch.filling import PACKED, fill
from tests.core.documents.batch.rows import cells, order, table
from tests.core.documents.examples import EXAMPLES
from tests.core.documents.made import TEMPLATES, FiguresAtHand, report_figures

_SLUG = "service-contract"


def measure(number: int) -> None:
    """Make so many contracts as Word files in this process, and print what it took."""
    form = cells(TEMPLATES[_SLUG].variables, EXAMPLES[_SLUG]["en"])
    rows = table([form | {"title": f"Contract {at}"} for at in range(number)])
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        figures = FiguresAtHand(report_figures())
        told = fill(Path(folder), order(_SLUG, "docx"), rows, figures, lambda share, step: None)
        seconds = time.perf_counter() - begun
        size = (Path(folder) / PACKED).stat().st_size / 2**20
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"  {told['made']:>5} Word files in {seconds:.1f} s, "
        f"{told['made'] / seconds:.0f} a second, zip {size:.1f} MiB, peak memory {peak:.0f} MiB",
        flush=True,
    )


def main() -> None:
    """Print the figures, each size in a process of its own."""
    if len(sys.argv) > 1:
        measure(int(sys.argv[1]))
        return
    print("contracts from a table, one process", flush=True)
    for number in (100, 1000):
        subprocess.run(
            [sys.executable, "-m", "tests.bench.document_batch", str(number)], check=True
        )


if __name__ == "__main__":
    main()
