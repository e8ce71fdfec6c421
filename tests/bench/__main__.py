"""Every benchmark, one after another, each in a process of its own: `make bench`."""

import subprocess
import sys

SCRIPTS = (
    "web_process",
    "import_ads",
    "import_exports",
    "campaigns_page",
    "campaign_rows",
    "courses",
    "response",
    "documents",
    "document_batch",
    "document_faults",
)


def main() -> None:
    """Run them and print what they print."""
    for name in SCRIPTS:
        print(f"\n## {name}", flush=True)
        subprocess.run([sys.executable, "-m", f"tests.bench.{name}"], check=True)


if __name__ == "__main__":
    main()
