"""The command line: everything the product can be told without a browser."""

import json
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Annotated, Any, NoReturn

import typer

import wiring
from core import db, i18n, logs, surroundings
from core.campaigns.optimizer.limits import BudgetLimits
from core.imports.choices import DateOrder
from core.jobs import worker as jobs
from core.jobs.errors import LeaseLost
from core.jobs.models import Job, JobKind, JobStatus
from core.personal_data import service as personal_data

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
import_cli = typer.Typer(no_args_is_help=True)
sample_cli = typer.Typer(no_args_is_help=True)
export_cli = typer.Typer(no_args_is_help=True)
suggest_cli = typer.Typer(no_args_is_help=True)
document_cli = typer.Typer(no_args_is_help=True)
cli.add_typer(import_cli, name="import", help="Bring data in.")
cli.add_typer(sample_cli, name="sample", help="The sample world.")
cli.add_typer(export_cli, name="export", help="Take data out.")
cli.add_typer(suggest_cli, name="suggest", help="Suggestions from files.")
cli.add_typer(document_cli, name="document", help="Documents from templates.")

_DAY = ["%Y-%m-%d"]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]


@cli.command()
def init(
    admin_email: Annotated[str, typer.Option(help="The administrator's e-mail address.")],
    admin_name: Annotated[str, typer.Option(help="Their name.")] = "Administrator",
    password_stdin: Annotated[bool, typer.Option(help="Read the password from stdin.")] = False,
    sample: Annotated[bool, typer.Option(help="Load the sample world too.")] = False,
) -> None:
    """Prepare an empty home and make the first administrator."""
    services = _services()
    if password_stdin:
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    with _plain_errors():
        wiring.set_up(services, admin_name, admin_email, password)
    typer.echo(f"Administrator {admin_email} can sign in.")
    if sample:
        _run(services, JobKind.LOAD_SAMPLE, {})


@import_cli.command("ads")
def import_ads(
    files: list[Path],
    dates: Annotated[
        DateOrder | None, typer.Option(help="Whether 03/04 is day/month or month/day.")
    ] = None,
    rate: Annotated[
        list[str] | None, typer.Option(help="Convert amounts: EUR/USD=1.08. Repeatable.")
    ] = None,
    sheet: Annotated[
        str | None, typer.Option(help="Which sheet of a workbook that has several.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Import ad exports; equal rows are counted once, however often they come."""
    services = _services()
    choices: dict[str, Any] = {"dates": dates.value if dates else None, "rates": rate or []}
    if sheet:
        choices["sheets"] = {path.name: sheet for path in files}
    chosen = [{"name": path.name, "path": str(path.resolve())} for path in files]
    payload = {"files": chosen, "language": i18n.DEFAULT, "choices": choices}
    job = _run(services, JobKind.IMPORT_ADS, payload, quiet=as_json)
    for report in (job.result or {})["files"]:
        typer.echo(json.dumps(report) if as_json else _summary(report))


@import_cli.command("oulad")
def import_oulad(folder: Path, as_json: AsJson = False) -> None:
    """Import courses, learners and their work from a folder of the Open University's form."""
    payload = {"folder": str(folder.resolve()), "language": i18n.DEFAULT}
    job = _run(_services(), JobKind.IMPORT_OULAD, payload, quiet=as_json)
    for report in (job.result or {})["files"]:
        typer.echo(json.dumps(report) if as_json else _summary(report))


@export_cli.callback()
def export() -> None:
    """Take data out."""


@export_cli.command("xapi")
def export_xapi(
    out: Annotated[Path, typer.Option(help="The file to write.")],
    since: Annotated[datetime | None, typer.Option(help="First day (UTC).", formats=_DAY)] = None,
) -> None:
    """Write what learners did as xAPI 1.0.3 statements, one a line."""
    services = _services()
    begin = since.replace(tzinfo=UTC) if since else None
    with _plain_errors(), services.reading() as session, _replacing(out) as file:
        lines = sum(1 for line in services.xapi_lines(session, begin) if file.write(line))
    typer.echo(f"{lines} statements written to {out}.")


@cli.command("export-person")
def export_person(
    person_id: Annotated[int, typer.Argument(help="The person's number in the records.")],
    out: Annotated[Path, typer.Option(help="The zip to write.")],
) -> None:
    """Write everything held on one person, as their Profile page gives it to themselves."""
    services, t = _services(), i18n.language(i18n.DEFAULT)
    with _plain_errors(), _replacing(out, "wb") as file:
        with services.reading() as session:
            rows = personal_data.export_person(session, person_id, file, t)
        with services.work() as session:
            personal_data.note_export(session, None, person_id, rows)
    typer.echo(f"{rows} rows written to {out}.")


@cli.command()
def sync(as_json: AsJson = False) -> None:
    """Publish a new generation of the warehouse from the records and the lake."""
    job = _run(_services(), JobKind.SYNC, {}, quiet=as_json)
    result = job.result or {}
    typer.echo(json.dumps(result) if as_json else f"Generation {result['generation']} published.")


@sample_cli.command("load")
def sample_load(as_json: AsJson = False) -> None:
    """Load the sample world; everything in it is marked as sample."""
    job = _run(_services(), JobKind.LOAD_SAMPLE, {}, quiet=as_json)
    typer.echo(json.dumps(job.result) if as_json else "The sample world is loaded.")


@sample_cli.command("advance")
def sample_advance(
    days: Annotated[int, typer.Option(help="How many days to play on.", min=1)] = 28,
    as_json: AsJson = False,
) -> None:
    """Play the sample world on; its days respond to what was accepted."""
    services = _services()
    job = _run(services, JobKind.ADVANCE_SAMPLE, {"days": days}, quiet=as_json)
    _run(services, JobKind.JUDGE_SUGGESTIONS, {}, quiet=as_json)
    result = job.result or {}
    told = f"The sample world goes on until {result['until']}."
    typer.echo(json.dumps(result) if as_json else told)


@sample_cli.command("remove")
def sample_remove(as_json: AsJson = False) -> None:
    """Remove everything that is marked as sample, and nothing else."""
    job = _run(_services(), JobKind.REMOVE_SAMPLE, {}, quiet=as_json)
    typer.echo(json.dumps(job.result) if as_json else "The sample world is removed.")


@suggest_cli.callback()
def suggest() -> None:
    """Suggestions from files; nothing else is read and nothing is kept."""


@suggest_cli.command("budget")
def suggest_budget(
    history: Annotated[Path, typer.Option(help="The unified ad report, by day or week.")],
    horizon_days: Annotated[int, typer.Option(help="How many days to plan.", min=1)],
    outcome: Annotated[Path | None, typer.Option(help="date, revenue, orders, controls.")] = None,
    lift_tests: Annotated[Path | None, typer.Option(help="Measured lift tests.")] = None,
    least: Annotated[float, typer.Option("--min", help="Least share of today's spend.")] = 0.5,
    most: Annotated[float, typer.Option("--max", help="Most, as a multiple of it.")] = 1.5,
    total: Annotated[float | None, typer.Option(help="Budget; today's if not given.")] = None,
    caution: Annotated[
        float, typer.Option(help="From best mean to best bad tenth.", min=0, max=1)
    ] = 0.0,
    attribution_sd: Annotated[
        float, typer.Option(help="Expected spread of the platforms' log bias.", min=0.01, max=3)
    ] = 0.35,
    seed: Annotated[int, typer.Option(help="Same seed and files, same plan.")] = 1,
    as_json: AsJson = False,
) -> None:
    """Divide a budget among campaigns, and say how sure the gain is."""
    asked = wiring.BudgetQuestion(
        wiring.HistoryFiles(history, outcome, lift_tests),
        horizon_days,
        BudgetLimits(least=least, most=most, total=total, caution=caution),
        attribution_sd,
        seed,
    )
    with _plain_errors():
        answer = wiring.suggest_budget(asked)
    typer.echo(json.dumps(answer) if as_json else _planned(answer))


@cli.command()
def scorecard(
    worlds: Annotated[int, typer.Option(help="How many of each kind.", min=2)] = 40,
    seed: Annotated[int, typer.Option(help="Same seed, same worlds.")] = 1,
    as_json: AsJson = False,
) -> None:
    """Run the budget optimizer in simulated worlds whose truth is known, and keep its score."""
    scores = wiring.scorecard(_services(), worlds, seed, _show_step)
    for score in scores:
        typer.echo(json.dumps(score) if as_json else _scored(score))


@cli.command()
def train(
    family: str,
    day: Annotated[int, typer.Option(help="Day of the course.")] = 30,
    seed: Annotated[int, typer.Option(help="Same seed and data, same model.")] = 1,
    promote: Annotated[bool, typer.Option(help="Let it answer if nothing is against it.")] = False,
    as_json: AsJson = False,
) -> None:
    """Train a model, log it in the model store and say how good it is."""
    services = _services()
    for name, of_day in _models(services, family, day):
        payload = {"name": name, "family": family, "day": of_day, "seed": seed}
        made = _run(services, JobKind.TRAIN_MODEL, payload, quiet=as_json).result or {}
        typer.echo(json.dumps(made) if as_json else _measured(made))
        if promote:
            wanted = {"name": name, "version": made["version"]}
            _run(services, JobKind.PROMOTE_MODEL, wanted, quiet=as_json)
            typer.echo(_answers(name, made["version"]), err=as_json)


@cli.command()
def promote(name: str, version: int) -> None:
    """Let a trained version answer, if it beats what it has to beat."""
    _run(_services(), JobKind.PROMOTE_MODEL, {"name": name, "version": version})
    typer.echo(_answers(name, version))


@cli.command()
def evaluate(
    family: str,
    source: Annotated[Path, typer.Option(help="A folder of the model's kind of data.")],
    day: Annotated[int, typer.Option(help="Day of the course.", min=0)],
    test_presentation: Annotated[str, typer.Option(help="Tested on; all earlier are learned.")],
    seed: Annotated[int, typer.Option(help="Same seed and data, same model.")] = 1,
    as_json: AsJson = False,
) -> None:
    """Train and test on a folder, apart from everything that is kept."""
    services = wiring.services()
    logs.configure(services.settings.log_level)
    _models(services, family, None)
    with _plain_errors():
        found = wiring.evaluate(family, source, day, test_presentation, seed, _show_step)
    text = ", ".join(f"{key} {value}" for key, value in found.items())
    typer.echo(json.dumps(found) if as_json else text)


@document_cli.command("templates")
def document_templates(as_json: AsJson = False) -> None:
    """List the templates with what each asks for."""
    listed = wiring.document_templates()
    if as_json:
        typer.echo(json.dumps(listed, ensure_ascii=False))
        return
    for one in listed:
        typer.echo(f"{one['id']}: {one['name']} ({one['document_type']})")


@document_cli.command("make")
def document_make(
    template: Annotated[str, typer.Option(help="A template's id.")],
    values: Annotated[Path, typer.Option(help="A JSON file: a value for each variable.")],
    out: Annotated[Path, typer.Option(help="Where the file goes.")],
    file_format: Annotated[str, typer.Option("--format", help="docx, pdf, pptx or eml.")],
    language: Annotated[str, typer.Option(help="en or es.")] = i18n.DEFAULT,
    author: Annotated[str, typer.Option(help="Who makes it.")] = "Trellis",
    exact: Annotated[bool, typer.Option(help="A PDF of the Word file, by LibreOffice.")] = False,
    as_json: AsJson = False,
) -> None:
    """Make a document and say how good it is; one that a gate holds back is not written."""
    asked = wiring.DocumentAsked(template, values, file_format, language, author, exact)
    with _plain_errors():
        content, told = wiring.document_from_values(_services(), asked)
    if content:
        out.write_bytes(content)
    text = f"{told['title']}: score {told['score']:.2f}"
    typer.echo(json.dumps(told, ensure_ascii=False) if as_json else text)
    if not content:
        raise typer.Exit(1)


@document_cli.command("batch")
def document_batch(
    template: Annotated[str, typer.Option(help="A template's id.")],
    rows: Annotated[Path, typer.Option(help="A CSV file: a row for each document.")],
    out: Annotated[Path, typer.Option(help="Where the zip goes.")],
    file_format: Annotated[str, typer.Option("--format", help="docx, pdf, pptx or eml.")],
    language: Annotated[str, typer.Option(help="en or es, of rows that name none.")] = i18n.DEFAULT,
    author: Annotated[str, typer.Option(help="Who makes them.")] = "Trellis",
    as_json: AsJson = False,
) -> None:
    """Make a document of each row, with a manifest; one that was stopped goes on when repeated."""
    asked = wiring.BatchAsked(template, rows, out, file_format, language, author)
    with _plain_errors():
        told = wiring.documents_from_table(_services(), asked, _show_step)
    text = f"{told['made']} of {told['rows']} rows made, {told['held_back']} held back, "
    typer.echo(json.dumps(told) if as_json else f"{text}{told['refused']} refused: {out}")
    if told["made"] < told["rows"]:
        raise typer.Exit(1)


@cli.command()
def worker(
    once: Annotated[bool, typer.Option(help="Do what waits now, then stop.")] = False,
    parent: Annotated[int, typer.Option(hidden=True, help="End with this process.")] = 0,
) -> None:
    """Do jobs until stopped. As many workers as wanted may run."""
    services = _services()
    handlers = wiring.job_handlers(services)
    if once:
        while jobs.run_one(services.engine, handlers):
            continue
        return
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    if parent:  # the web process's worker ends with it; one that a shell started stays
        _stop_with(parent, stop)
    jobs.work(services.engine, handlers, stop)


def _services() -> wiring.Services:
    services = wiring.services()
    logs.configure(services.settings.log_level)
    # Nobody waits at a page for what commands and workers write, and their work is long.
    patient = replace(services, engine=db.patient(services.engine))
    with _plain_errors():
        wiring.prepare(patient)
    return patient


def _run(
    services: wiring.Services, kind: JobKind, payload: dict[str, Any], quiet: bool = False
) -> Job:
    """Do a job here, recorded like one from a page; end the command when it fails."""
    handlers = wiring.job_handlers(services)
    if not quiet:
        handlers = {kind: _shown(handlers[kind])}
    with _plain_errors():
        job = jobs.run_now(services.engine, handlers, kind, payload)
    if job.status is JobStatus.RUNNING:  # it fell silent for too long, such as a laptop asleep
        _stop(LeaseLost(job_id=job.id).sentence(i18n.language("en")))
    if job.status is JobStatus.FAILED:
        error = job.error or {}
        _stop(i18n.language("en")(error["message"], **error["data"]))
    return job


def _shown(handler: jobs.Handler) -> jobs.Handler:
    """A handler that also shows its steps on stderr."""

    def perform(job: Job, progress: jobs.Progress) -> dict[str, Any]:
        def show(share: float, step: str) -> None:
            _show_step(share, step)
            progress(share, step)

        return handler(job, show)

    return perform


def _show_step(share: float, step: str) -> None:
    typer.echo(f"{share:4.0%} {step}", err=True)


def _models(services: wiring.Services, family: str, day: int | None) -> list[tuple[str, int]]:
    """The names and days of a family's models; ends the command where there is none."""
    found = [
        (name, of_day)
        for one in services.model_families
        for of_day, name in one.models
        if one.name == family and day in (None, of_day)
    ]
    if not found:
        known = ", ".join(
            f"{one.name} (days {', '.join(map(str, one.days))})" for one in services.model_families
        )
        _stop(f"There is no such model. There are: {known}.")
    return found


def _planned(answer: dict[str, Any]) -> str:
    """A budget plan in a few lines."""
    gain = answer["expected_uplift"]
    lines = [
        f"{one['campaign_id']}: {one['current_spend']:,.2f} -> {one['suggested_spend']:,.2f}"
        for one in answer["allocation"]
    ]
    expected = f"{gain['mean']:+.1%} of incremental revenue, 90% from {gain['p05']:+.1%} "
    return "\n".join(
        [*lines, f"{expected}to {gain['p95']:+.1%}; a gain with {gain['p_gain']:.0%}."]
    )


def _scored(score: dict[str, Any]) -> str:
    """One method's score in a kind of world, in a line."""
    told = (
        f"{score['kind']:28} {score['method']:22} "
        f"pooled share {score['pooled_share']:.3f} (se {score['pooled_share_se']:.3f}), "
        f"median {score['median_share']:.3f}, worse than today {score['worse_than_today']:.1%}"
    )
    if score["coverage"] is None:
        return told
    return (
        f"{told}, interval covers {score['coverage']:.1%}, "
        f"claimed less true {score['claim_error']:+.4f}, {score['cpu_seconds']:.2f} s of processor"
    )


def _measured(made: dict[str, Any]) -> str:
    """A training in a few lines: its test beside the baselines, and what speaks against it."""
    lines = [f"{made['name']} version {made['version']}: {made['algorithm']}"]
    for name, metrics in made["compared"].items():
        told = ", ".join(f"{key} {value:.3f}" for key, value in metrics.items() if value)
        lines.append(f"  {name}: {told}")
    english = i18n.language("en")
    lines += [f"  {english(one['message'], **one['data'])}" for one in made["objections"]]
    return "\n".join(lines)


def _answers(name: str, version: int) -> str:
    return f"Version {version} of {name} answers now."


def _summary(report: dict[str, Any]) -> str:
    """A file in a line: what became of its rows, or why none was read."""
    if report["note"] and not report["rows_read"]:
        return f"{report['file']}: {i18n.language('en')(report['note'])}"
    counts = ", ".join(
        f"{report[name]} {name}" for name in ("kept", "duplicate", "replaced", "quarantined")
    )
    totals = ", ".join(f"{name} {value}" for name, value in report["totals"].items())
    told = f"{report['file']}: {report['rows_read']} rows read: {counts}. Held: {totals}."
    note = i18n.language("en")(report["note"]) if report["fate"] == "added" else ""
    return f"{told} {note}".rstrip()


@contextmanager
def _replacing(path: Path, mode: str = "w") -> Iterator[IO[Any]]:
    """A file that takes the place of ``path`` once it is whole; a failed one leaves it alone."""
    made = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with made.open(mode, encoding=None if "b" in mode else "utf-8") as file:
            yield file
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)


@contextmanager
def _plain_errors() -> Iterator[None]:
    """End the command with a sentence where an error has one."""
    try:
        yield
    except Exception as fault:
        error = surroundings.named(fault)
        if error is None:
            raise
        _stop(error.sentence(i18n.language("en")))


def _stop(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(1)


def _stop_with(parent: int, stop: threading.Event) -> None:
    """Set ``stop`` when the process that started this one is gone, even by an early kill -9."""

    def watch() -> None:
        while os.getppid() == parent and not stop.wait(1):
            continue
        stop.set()

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


if __name__ == "__main__":
    cli()
