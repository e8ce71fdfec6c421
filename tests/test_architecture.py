"""What import-linter cannot hold: single files, registries, and the commands the README names."""

import ast
import importlib.metadata
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

import manage
import pages

ROOT = Path(__file__).parents[1]
NOT_IMPORTED = {"tests", "docs", "deploy", "var"}
NO_WORK_FOR_WEB = {"tensorflow", "keras", "mlflow", "sklearn"}


def imported(path: Path) -> set[str]:
    """Top-level names of everything a file imports, wherever in the file."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module.split(".")[0])
    return names


def packages() -> set[str]:
    return {path.parent.name for path in ROOT.glob("*/__init__.py")} - NOT_IMPORTED


def test_every_package_is_under_a_contract() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert packages() == set(config["tool"]["importlinter"]["root_packages"])


@pytest.mark.parametrize(
    ("file", "may_import"),
    [
        ("app.py", {"api", "components", "wiring", "core"}),
        ("manage.py", {"wiring", "core"}),
        ("wiring.py", {"ml", "data", "core"}),
    ],
)
def test_single_files_import_only_what_lies_further_in(file: str, may_import: set[str]) -> None:
    ours = packages() | {"wiring", "app", "manage"}
    assert imported(ROOT / file) & ours <= may_import


def test_nothing_further_in_imports_the_wiring() -> None:
    users = {
        str(path.relative_to(ROOT))
        for folder in ("ml", "data", "core")
        for path in (ROOT / folder).rglob("*.py")
        if "wiring" in imported(path)
    }
    assert users == set()


def test_only_components_touch_the_session_state() -> None:
    users = {
        str(path.relative_to(ROOT))
        for folder in packages() - {"components"}
        for path in (ROOT / folder).rglob("*.py")
        if "st.session_state" in path.read_text()
    }
    assert users == set()


def test_only_queries_caches_data() -> None:
    users = {
        path.name
        for folder in ("components", "pages")
        for path in (ROOT / folder).rglob("*.py")
        if "cache_data" in path.read_text()
    }
    assert users <= {
        "queries.py",
        "cohort_queries.py",
        "forecast_queries.py",
        "suggestion_queries.py",
        "watch_queries.py",
    }


def test_every_page_file_is_in_the_navigation() -> None:
    files = {path.stem for path in (ROOT / "pages").glob("*.py")} - {"__init__"}
    assert {entry.show.__module__ for entry in pages.PAGES} == {f"pages.{name}" for name in files}


def test_page_files_define_page_and_nothing_else_public() -> None:
    for entry in pages.PAGES:
        path = ROOT / (entry.show.__module__.replace(".", "/") + ".py")
        tree = ast.parse(path.read_text())
        functions = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
        assert [name for name in functions if not name.startswith("_")] == ["page"]
        assert len(path.read_text().splitlines()) <= 60


def test_addresses_of_pages_are_unique() -> None:
    addresses = [entry.url_path for entry in pages.PAGES]
    assert len(set(addresses)) == len(addresses)


def test_every_command_in_the_readme_exists() -> None:
    readme = (ROOT / "README.md").read_text()
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([a-z]+)", readme, re.MULTILINE)) <= targets
    for command in set(re.findall(r"python manage\.py ((?:[a-z-]+ ?)+)", readme)):
        words = [word for word in command.split() if word.isalpha()]
        done = CliRunner().invoke(manage.cli, [*words[:2], "--help"])
        assert done.exit_code == 0, done.output


def test_the_web_process_loads_no_training_library(tmp_path: Path) -> None:
    script = (
        "import sys, numpy, wiring, pages, components.viewer\n"
        "from tests.ml.packages import NAME, switch\n"
        "folder = wiring.services().settings.models_dir\n"
        "switch(folder, 1)\n"
        "wiring.ModelCache(folder).champion(NAME).score(numpy.ones((1, 2), 'float32'))\n"
        f"print(sorted(set({sorted(NO_WORK_FOR_WEB)!r}) & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={"APP_HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )
    assert done.stdout.strip().splitlines()[-1] == "[]"


def pinned(file: str) -> set[str]:
    """The names of the distributions that a requirements file pins."""
    lines = (ROOT / file).read_text().splitlines()
    return {re.split(r"[=\[; ]", line)[0].lower() for line in lines if line}


@pytest.mark.parametrize(
    ("places", "files"),
    [
        (["app.py", "manage.py", "wiring.py", *sorted(packages())], ["requirements.txt"]),
        (["tests"], ["requirements.txt", "requirements-dev.txt"]),
    ],
)
def test_whatever_is_imported_is_pinned(places: list[str], files: list[str]) -> None:
    ours = packages() | {"wiring", "app", "manage", "tests"}
    paths = [path for place in places for path in [ROOT / place, *(ROOT / place).rglob("*.py")]]
    names = {name for path in paths if path.suffix == ".py" for name in imported(path)}
    foreign = names - ours - set(sys.stdlib_module_names)
    distributions = importlib.metadata.packages_distributions()
    wanted = {
        name: {d.lower().replace("_", "-") for d in distributions.get(name, [name])}
        for name in foreign
    }
    known = set().union(*(pinned(file) for file in files))
    assert {name for name, offered in wanted.items() if not offered & known} == set()
