"""The commands. Each reads its words, calls one room, and hands over what comes back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bomexposure import __version__
from bomexposure.cli import arguments
from bomexposure.cli.material_commands import substitute
from bomexposure.cli.options import (
    as_of_option,
    edition_option,
    examples,
    json_option,
    materials_option,
    project_option,
    reading_of,
    reading_options,
    report_of,
    report_options,
)
from bomexposure.cli.portfolio_command import portfolio
from bomexposure.cli.question_commands import ask, due, simulate
from bomexposure.cli.reference_commands import reference
from bomexposure.cli.whatif_commands import compare, scenario

if TYPE_CHECKING:
    from datetime import date

    from bomexposure.model.project import Project


DEMO_DAY = "2026-11-22"
"""The as-of date of the demo: fixed, so that its reports are the same everywhere and always."""
DEMO_BOM = ("samples", "coolant-pump.xlsx")


class Program(click.Group):
    """`bomexposure BOM` means `bomexposure gui BOM`, and so does a call without any words."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        first = args[0] if args else ""
        if not first or (not first.startswith("-") and first not in self.commands):
            if first and not Path(first).suffix and not Path(first).exists():
                return super().parse_args(ctx, args)  # a mistyped command, not a file
            args = ["gui", *args]
        return super().parse_args(ctx, args)


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="bomexposure", message="%(prog)s %(version)s")
def program() -> None:
    """Which critical minerals are in a bill of materials, and how exposed they leave you.

    Without a command the window opens, on BOM if one is given. Free and offline: the BOM never
    leaves this computer.
    """


@program.command()
@click.argument("bom", required=False, type=click.Path(path_type=Path))
def gui(bom: Path | None) -> int:
    """Open the window, on BOM if one is given."""
    from bomexposure.model.errors import UsageError

    try:
        from bomexposure.gui.app import run
    except ImportError as fault:
        raise UsageError(
            f"The window cannot open on this system: {fault}.",
            "Install what is named (on Debian and Ubuntu: apt-get install libegl1 libxkbcommon0 "
            "libxcb-cursor0 libdbus-1-3), or use `bomexposure analyze`.",
        ) from fault
    return run(bom)


@program.command(epilog=examples("demo", "demo --out reports"))
@click.option(
    "--out",
    default=".",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder for the reports; made if it is not there.",
)
def demo(out: Path) -> None:
    """Analyze the shipped sample and write report.pdf, report.xlsx and report.json."""
    from bomexposure.model.choices import Choices
    from bomexposure.model.errors import OutputError
    from bomexposure.model.project import Project
    from bomexposure.model.resources import resource

    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise OutputError(
            f"The folder {out} cannot be made: {fault.strerror}.", "Choose another with --out."
        ) from fault
    _analyze(
        resource(*DEMO_BOM),
        Project(Choices(as_of=arguments.day(DEMO_DAY))),
        edition="",
        outputs={
            "pdf": str(out / "report.pdf"),
            "xlsx": str(out / "report.xlsx"),
            "json": str(out / "report.json"),
        },
        summary=True,
    )


@program.command(
    epilog=examples(
        "inspect parts.xlsx",
        "inspect parts.xlsx --sheet Rev-C --header-row 7 --column quantity=Menge",
        "inspect parts.csv --json -",
    )
)
@click.argument("bom", type=click.Path(path_type=Path))
@reading_options
@click.option("--save-mapping", metavar="F.json", help="Keep these columns as a file to share.")
@click.option(
    "--remember", is_flag=True, help="Confirm these columns for files with the same headers."
)
@json_option
def inspect(
    bom: Path, save_mapping: str | None, remember: bool, json_to: str | None, **reading: Any
) -> None:
    """Say what would be read: sheet, header row, columns, first lines, issues."""
    from bomexposure import intake
    from bomexposure.cli.outputs import check_targets
    from bomexposure.cli.talk import inspection_lines
    from bomexposure.intake import mapping

    named = {"json": json_to, "save-mapping": save_mapping}
    check_targets({kind: target for kind, target in named.items() if target}, [bom])
    read = intake.read(bom, reading_of(bom, **reading))
    told = intake.inspection(read)
    if save_mapping or remember:
        main = next(
            one for one in read.read
            if (one.sheet, one.header_row) == (told["sheet"], told["header_row"])
        )  # fmt: skip
        columns = {
            role: one.header
            if one.header and main.headers.count(one.header) == 1
            else f"@{one.letter}"
            for role, one in main.columns.items()
        }
        confirmed = mapping.confirm(main.headers, columns, bom.name)
        if save_mapping:
            mapping.save(confirmed, Path(save_mapping))
            click.echo(f"Wrote {save_mapping}", err=True)
        if remember:
            mapping.remember(confirmed)
            click.echo("Kept these columns for files with the same headers.", err=True)
    if json_to:
        arguments.deliver(arguments.json_bytes(told), json_to)
    else:
        tables = frozenset((one.sheet, one.header_row) for one in read.read)
        click.echo("\n".join(inspection_lines(told, tables)))


@program.command(
    epilog=examples(
        "analyze parts.xlsx",
        "analyze parts.xlsx --pdf board.pdf --xlsx analyst.xlsx",
        "analyze parts.xlsx --column material=@F --rate EUR=1.08 --volume 24000",
        "analyze parts.xlsx --scenario no-supply-from-china --json -",
        'analyze parts.xlsx --fail-on "spend_acute_pct.certain >= 20"',
    )
)
@click.argument("bom", type=click.Path(path_type=Path))
@reading_options
@click.option("--volume", type=float, metavar="UNITS", help="Products per year.")
@click.option(
    "--rate",
    multiple=True,
    metavar="CUR=USD",
    help="Worth of one unit of a currency in USD, such as EUR=1.08; again for each currency.",
)
@as_of_option
@edition_option
@click.option(
    "--method",
    metavar="ID",
    help="Measure that ranks minerals: import-china-peak (default), import-china-headline, hhi, "
    "hhi-wgi, geopolrisk or eu-on-us-figures.",
)
@click.option(
    "--scenario",
    "scenario_ids",
    multiple=True,
    metavar="ID",
    help="Play a scenario as well; `bomexposure scenario list` names them.",
)
@project_option
@materials_option
@click.option(
    "--dictionary",
    type=click.Path(path_type=Path),
    metavar="F.csv",
    help="Company dictionary: kind,text,subject,note.",
)
@json_option
@click.option(
    "--json-lines",
    type=click.Choice(["all", "summary"]),
    default="all",
    help="With the lines in the JSON (default), or without.",
)
@click.option("--xlsx", metavar="F", help="Write the Excel workbook.")
@click.option("--pdf", metavar="F", help="Write the PDF report.")
@report_options
@click.option("--csv", metavar="DIR", help="Write tidy tables as CSV into a folder.")
@click.option("--charts", metavar="DIR", help="Write every chart as SVG and PNG into a folder.")
@click.option("--annotate", metavar="F.xlsx", help="Write a copy of the workbook with findings.")
@click.option("--questions", metavar="DIR", help="Write one workbook of questions per supplier.")
@click.option(
    "--answers",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="F.xlsx",
    help="Take over a workbook of questions that a supplier answered.",
)
@click.option(
    "--fail-on", metavar="EXPR", help='Exit with 1 if a rule holds, such as "minerals_acute > 3".'
)
def analyze(
    bom: Path,
    volume: float | None,
    rate: tuple[str, ...],
    as_of: str | None,
    edition: str,
    method: str | None,
    scenario_ids: tuple[str, ...],
    project_file: Path | None,
    materials: Path | None,
    dictionary: Path | None,
    json_to: str | None,
    json_lines: str,
    xlsx: str | None,
    pdf: str | None,
    pdf_parts: str | None,
    paper: str | None,
    csv: str | None,
    charts: str | None,
    annotate: str | None,
    questions: str | None,
    answers: tuple[Path, ...],
    fail_on: str | None,
    **reading: Any,
) -> int:
    """Find the critical minerals in the lines of BOM and how exposed they leave you.

    Without an output a summary is printed. Each F can be - for standard output, one in a call,
    for --json, --xlsx and --pdf.

    A rule of --fail-on compares figures of the JSON's headline, such as minerals_acute, spend or
    spend_acute_pct.certain, and of its coverage, such as coverage.lines_pct, with
    numbers by > >= < <= == !=, joined by and, or, not; what is unknown never makes it hold.
    """
    from bomexposure.cli.outputs import check_targets
    from bomexposure.project import edits

    arguments.one_standard_output(json_to, xlsx, pdf)
    day = arguments.day(as_of)
    project = _project(
        bom,
        day,
        reading,
        project_file,
        dictionary,
        method,
        volume,
        arguments.rates(rate),
        scenario_ids,
    )
    if materials:
        project = _with_materials(project, materials, edition)
    if pdf_parts is not None or paper is not None:
        project = edits.choose_report(project, report_of(project.report, pdf, pdf_parts, paper))
    named = {
        "json": json_to, "xlsx": xlsx, "pdf": pdf, "csv": csv, "charts": charts,
        "annotate": annotate, "questions": questions,
    }  # fmt: skip
    outputs = {name: target for name, target in named.items() if target}
    inputs = (bom, project_file, dictionary, materials, *answers)
    check_targets(outputs, [one for one in inputs if one])
    for path in answers:
        project = _answered(project, path, edition)
    return _analyze(
        bom,
        project,
        edition=edition,
        outputs=outputs,
        summary=not outputs,
        json_lines=json_lines,
        fail_on=fail_on,
    )


def _project(
    bom: Path,
    day: date,
    reading: dict[str, Any],
    project_file: Path | None,
    dictionary: Path | None,
    method: str | None,
    volume: float | None,
    rates: dict[str, float],
    scenarios: tuple[str, ...],
) -> Project:
    """The project that is named, or a new one, with the choices of the call on top."""
    from bomexposure.model.choices import Choices
    from bomexposure.model.project import Project
    from bomexposure.project import edits, store
    from bomexposure.project.dictionary import read_dictionary

    project = store.load(project_file) if project_file else Project(Choices(as_of=day))
    project = edits.set_as_of(project, day)
    if any(reading.values()):
        project = edits.set_reading(project, reading_of(bom, **reading))
    if method:
        project = edits.set_method(project, method)
    if volume is not None:
        project = edits.set_volume(project, volume)
    for currency, usd in rates.items():
        project = edits.set_rate(project, currency, usd)
    if dictionary:
        project = edits.set_dictionary(project, read_dictionary(dictionary), dictionary.name)
    if scenarios:
        project = edits.run_scenarios(project, scenarios)
    return project


def _with_materials(project: Project, path: Path, edition: str) -> Project:
    """The project with the materials of a file; one of the same id is replaced."""
    from bomexposure import reference as facts
    from bomexposure.project import edits
    from bomexposure.reference.own_materials_file import read_own_materials

    for one in read_own_materials(path, facts.load(edition or project.edition)):
        project = edits.keep_material(project, one)
    return project


def _answered(project: Project, path: Path, edition: str) -> Project:
    """The project with a supplier's answers as decisions; what could not be used is said."""
    from bomexposure import reference as facts
    from bomexposure.export.questions import read_answers
    from bomexposure.project import edits

    told = read_answers(path, facts.load(edition or project.edition))
    for issue in told.issues.to_dict("records"):
        place = f"{issue['sheet']}, row {issue['row']}, column “{issue['column']}”"
        click.echo(f"{path.name}, {place}: {issue['text']} {issue['mend']}", err=True)
    for one in told.overrides:
        project = edits.override(project, one, f"Answer of {told.supplier} ({path.name})")
    return project


def _analyze(
    bom: Path,
    project: Project,
    *,
    edition: str,
    outputs: dict[str, str],
    summary: bool,
    json_lines: str = "all",
    fail_on: str | None = None,
) -> int:
    """Analyze, write every output, print the summary; 1 when a --fail-on rule holds, else 0."""
    from bomexposure import intake
    from bomexposure import reference as facts
    from bomexposure.analysis import analyze as run_analysis
    from bomexposure.cli.outputs import write_outputs
    from bomexposure.cli.watch import watched
    from bomexposure.scenario.fail_on import parse_rule

    rule = None if fail_on is None else parse_rule(fail_on)
    if not bom.exists() or bom.is_dir():
        intake.read(bom)  # says what is wrong with it before the reference is loaded
    with watched() as progress:
        analysis = run_analysis(
            bom, facts.load(edition or project.edition), project.choices, progress
        )
        written = write_outputs(analysis, project, bom, outputs, json_lines, progress)
    if summary:
        from bomexposure.present.summary import summary_lines

        click.echo("\n".join(summary_lines(analysis)))
    for path in written:
        click.echo(f"Wrote {path}", err=True)
    if rule is None:
        return 0
    from bomexposure.export.json_report import coverage_json, headline_json

    held = rule.holds({**headline_json(analysis), "coverage": coverage_json(analysis)})
    if held:
        click.echo(f"The rule holds: {fail_on}", err=True)
    return 1 if held else 0


program.add_command(reference)
for command in (scenario, substitute, compare, portfolio, ask, due, simulate):
    program.add_command(command)
