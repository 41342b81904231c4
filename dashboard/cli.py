"""The `samsyn` command. Data on standard output, one-line errors on standard error, exit code 2 for bad input."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashboard.console import OutputError, plain_errors, show, spoken_texts
from dashboard.doctor import Finding, examine
from dashboard.linked.assets import bundle
from dashboard.settings import ROOT, configure, settings, spoken_language
from dashboard.texts import LANGUAGES, texts
from data_access.administration import UserRow, read_users
from data_access.changes import EntryError, describe_municipality, grant_role, initialise
from data_access.counts import read_counts
from data_access.database import Database
from data_access.models.account import MEMBER_ROLES
from data_access.permissions import LOCAL_VIEWER, OPERATOR, READER_OF_REPORTS
from data_access.selection import Period, Selection, SelectionError

if TYPE_CHECKING:
    from data_access.import_reports import AreasReport, IncidentsReport

app = typer.Typer(
    help="Samsyn: a shared view of local crime, unsafety and interventions.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
report = typer.Typer(help="Reports as PDF, text or JSON.", no_args_is_help=True)
app.add_typer(report, name="report")

_YEARS = range(1950, 2101)
"""Of reports; no incident is older, and beyond the calendar's ends there is no week before or after."""

DatabaseOption = Annotated[
    str | None, typer.Option("--database", help="SQLAlchemy URL, for example sqlite:///samsyn.db")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of text")]
FileArgument = Annotated[Path, typer.Argument(help="The file to read")]


def main() -> None:
    """Entry point of the console command."""
    app()


@app.command()
def run(
    database: DatabaseOption = None,
    port: Annotated[int | None, typer.Option(help="Port of the web server")] = None,
    address: Annotated[str | None, typer.Option(help="Address the web server listens on")] = None,
) -> None:
    """Start the web server."""
    configure(database=database, port=port, address=address)
    with plain_errors():
        settings().check_sign_in()
        found = _database(None)
        initialise(found)
        configure(database=found.url)
        bundle()
    from dashboard.asgi import serve  # noqa: PLC0415 - the other commands start without Streamlit

    serve()


@app.command()
def init(
    database: DatabaseOption = None,
    name: Annotated[str | None, typer.Option(help="Name of the municipality")] = None,
    crs: Annotated[
        int | None, typer.Option(help="EPSG code of the projected CRS for all points, for example 3006")
    ] = None,
    timezone: Annotated[str | None, typer.Option(help="IANA time zone, for example Europe/Stockholm")] = None,
) -> None:
    """Create an empty database, or bring an older one up to date."""
    with plain_errors():
        found = _database(database)
        initialise(found)
        if name or crs or timezone:
            describe_municipality(found, OPERATOR, name=name, srid=crs, timezone=timezone)
        typer.echo(spoken_texts()("cli.initialised", url=found.shown_url))


@app.command()
def demo(
    database: DatabaseOption = None,
    seed: Annotated[int, typer.Option(help="Seed of the sample municipality")] = 7,
) -> None:
    """Create a database with the sample municipality: three years, about 60,000 incidents."""
    from dashboard.demo import load_sample  # noqa: PLC0415 - what reads files is slow to load, and `run` needs none of it
    from dashboard.warming import warm  # noqa: PLC0415

    with plain_errors():
        found = _database(database)
        initialise(found)
        load_sample(
            found, OPERATOR, seed=seed, say=lambda step: typer.echo(spoken_texts()(f"demo.{step}"), err=True)
        )
        warm(
            found, LOCAL_VIEWER, spoken_language()
        )  # or the first `samsyn run` would compile while somebody waits
        typer.echo(spoken_texts()("cli.demo_loaded", url=found.shown_url))


@app.command("import-areas")
def import_areas_command(
    file: FileArgument,
    database: DatabaseOption = None,
    name: Annotated[
        str | None, typer.Option(help="Name of the set of areas; the file's name when not given")
    ] = None,
    crs: Annotated[
        int | None, typer.Option(help="EPSG code of the file's coordinates, when it does not say")
    ] = None,
    layer: Annotated[str | None, typer.Option(help="Layer in a GeoPackage")] = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Import district polygons (GeoJSON, GeoPackage, zipped Shapefile)."""
    from data_access.imports import import_areas  # noqa: PLC0415

    with plain_errors():
        report = import_areas(_ready(database), OPERATOR, file, name=name, crs=crs, layer=layer)
        _tell(report, as_json=as_json)


@app.command("import-incidents")
def import_incidents_command(
    file: FileArgument,
    database: DatabaseOption = None,
    organisation: Annotated[
        str | None, typer.Option(help="Who reports; the file's name when not given")
    ] = None,
    mapping: Annotated[Path | None, typer.Option(help="JSON: columns, categories, crs, timezone")] = None,
    crs: Annotated[int | None, typer.Option(help="EPSG code of the file's coordinates")] = None,
    timezone: Annotated[str | None, typer.Option(help="Time zone of the file's times (IANA)")] = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Import incidents (CSV, TSV, Excel, JSON); prints what was read, stored, known, refused and without area."""
    from data_access.imports import import_incidents  # noqa: PLC0415

    with plain_errors():
        report = import_incidents(
            _ready(database),
            OPERATOR,
            file,
            organisation=organisation,
            mapping=mapping,
            crs=crs,
            timezone=timezone,
        )
        _tell(report, as_json=as_json)


@app.command()
def counts(
    by: Annotated[
        str, typer.Option(help="area, category, kind, source, police_reported, date, week, weekday, hour")
    ] = "",
    database: DatabaseOption = None,
    first: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day")] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day, included")
    ] = None,
    area: Annotated[list[str] | None, typer.Option(help="Area code; may be repeated")] = None,
    category: Annotated[list[str] | None, typer.Option(help="Type code; may be repeated")] = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Count incidents by any combination; the counts add up to the stated total."""
    with plain_errors():
        selection = Selection(
            period=_period(first, last), areas=frozenset(area or ()), categories=frozenset(category or ())
        )
        names = [name.strip() for name in by.split(",") if name.strip()]
        rows = read_counts(_ready(database), OPERATOR, selection, names)
        total = sum(row["count"] for row in rows)
        answer = {"total": total, "by": names, "counts": [_readable(row) for row in rows]}
        lines = ["\t".join(str(value) for value in row.values()) for row in answer["counts"]]
        show(answer, [*lines, spoken_texts()("cli.total", count=total)], as_json=as_json)


@app.command()
def effect(
    which: Annotated[str, typer.Argument(metavar="ID|all", help="Number of an intervention, or all")] = "all",
    database: DatabaseOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Evaluate interventions: observed, expected with its interval, verdict and caveats; the surest first."""
    from dashboard.effects import evaluations, looked_at  # noqa: PLC0415 - the other commands start without what it takes
    from dashboard.reports import effects  # noqa: PLC0415
    from dashboard.situation.intervention import hold_together  # noqa: PLC0415

    with plain_errors():
        of = _ready(database)
        found, say = evaluations(of, OPERATOR), spoken_texts()
        held = hold_together(found)
        chosen = [place for place, one in enumerate(found) if which in ("all", str(one.intervention.id))]
        if not chosen and which != "all":
            raise (
                EntryError("no_intervention", number=which)
                if which.isdecimal()
                else SelectionError("ID", which)
            )
        looked_at(of, OPERATOR, [found[at] for at in chosen])
        documents = [effects.document(found[at], say, holds_together=held[at]) for at in chosen]
        lines = [effects.line(found[at], say) for at in chosen]
        show(documents if which == "all" else documents[0], lines or [say("effect.none")], as_json=as_json)


@report.command("weekly")
def report_weekly(
    day: Annotated[
        datetime | None,
        typer.Option(
            "--date",
            formats=["%Y-%m-%d"],
            help="Day of the meeting, or last day of a week without one, from 1950 to 2100; today",
        ),
    ] = None,
    pdf: Annotated[
        Path | None, typer.Option(help="The PDF to write; without it the report is printed")
    ] = None,
    language: Annotated[str | None, typer.Option(help="sv or en")] = None,
    database: DatabaseOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Make the report of a weekly meeting, or of the last whole week."""
    from dashboard import meetings  # noqa: PLC0415
    from dashboard.reports import meeting  # noqa: PLC0415

    with plain_errors():
        if language not in (None, *LANGUAGES):
            raise SelectionError("--language", str(language))
        say = texts(language) if language else spoken_texts()
        today = datetime.now(UTC).astimezone().date()
        asked = day.date() if day else today
        if asked.year not in _YEARS:
            raise SelectionError("--date", asked.isoformat())
        made = meetings.report_of_day(_ready(database), READER_OF_REPORTS, asked, say)
        lines = [meeting.text(made.words, made.texts).rstrip()]
        if pdf:
            _write(pdf, meeting.pdf(made.words, made.charts, made.texts, printed=today))
            lines = [say("meeting_report.written", file=pdf)]
        show(meetings.report_document(made, pdf), lines, as_json=as_json)


@app.command("release-survey")
def release_survey_command(  # noqa: PLR0913 - each is an option
    file: FileArgument,
    wave: Annotated[str, typer.Option(help="Name of the wave, for example 'Våren 2026'")],
    instrument: Annotated[str, typer.Option(help="youth or safety")],
    database: DatabaseOption = None,
    year: Annotated[int | None, typer.Option(help="Year of collection; this year when not given")] = None,
    mapping: Annotated[
        Path | None,
        typer.Option(
            help="JSON: columns, words, cut_points, gender, stage, first_day, last_day; "
            '"areas": "none" for a file without districts, published for the municipality only'
        ),
    ] = None,
    areas: Annotated[
        str | None, typer.Option(help="Name of the set of districts; the newest when not given")
    ] = None,
    turnout: Annotated[Path | None, typer.Option(help="File of how many were asked per district")] = None,
    previous: Annotated[Path | None, typer.Option(help="The file that this one corrects")] = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Build and tell, publish nothing")] = False,
    as_json: JsonOption = False,
) -> None:
    """Publish a survey as frozen tables; what people answered is kept nowhere."""
    from dashboard.reports import surveys  # noqa: PLC0415
    from data_access.survey_releases import release_survey  # noqa: PLC0415

    with plain_errors():
        report = release_survey(
            _ready(database),
            OPERATOR,
            file,
            wave=wave,
            instrument=instrument,
            secret=settings().check_survey_secret(),
            year=year,
            mapping=mapping,
            areas=areas,
            turnout=turnout,
            previous=previous,
            is_dry=dry_run,
        )
        say = spoken_texts()
        show(surveys.document(report), surveys.lines(report, say), as_json=as_json)


@app.command()
def users(database: DatabaseOption = None, *, as_json: JsonOption = False) -> None:
    """List the persons who have signed in, and what they are; those who wait for a role come first."""
    with plain_errors():
        rows = [_person(row) for row in read_users(_ready(database), OPERATOR)]
        lines = [
            "\t".join(map(str, (row["number"], row["name"], row["email"], row["subject"], *row["roles"])))
            for row in rows
        ]
        show(rows, lines, as_json=as_json)


@app.command()
def grant(
    person: Annotated[
        str, typer.Argument(help="Number (see users), e-mail, subject or name of a person who has signed in")
    ],
    role: Annotated[str, typer.Option(help=f"One of {', '.join(MEMBER_ROLES)}")],
    organisation: Annotated[str, typer.Option(help="Name of the organisation; made when it is new")],
    area: Annotated[
        list[str] | None, typer.Option(help="Code of a district the role is limited to; may be repeated")
    ] = None,
    database: DatabaseOption = None,
) -> None:
    """Give a person a role, for example the first administrator."""
    with plain_errors():
        if role not in MEMBER_ROLES:
            raise SelectionError("--role", role)
        found = _ready(database)
        name = grant_role(found, OPERATOR, person, role=role, organisation=organisation, areas=area or ())
        typer.echo(spoken_texts()("cli.granted", name=name, role=spoken_texts()(f"role.{role}")))


@app.command()
def doctor(database: DatabaseOption = None, *, as_json: JsonOption = False) -> None:
    """Check the installation and the database; exit code 1 when something is wrong."""
    with plain_errors():
        findings = examine(_database(database), OPERATOR)
        sentences = [_finding(finding) for finding in findings]
        show([asdict(finding) for finding in findings], sentences, as_json=as_json)
    if not all(finding.is_ok for finding in findings):
        raise typer.Exit(1)


def _tell(report: AreasReport | IncidentsReport, *, as_json: bool) -> None:
    from dashboard.reports import imports  # noqa: PLC0415

    say = spoken_texts()
    show(imports.document(report, say), imports.lines(report, say), as_json=as_json)


def _person(row: UserRow) -> dict[str, Any]:
    return {
        "number": row.id,
        "name": row.name,
        "email": row.email,
        "issuer": row.issuer,
        "subject": row.subject,
        "roles": [f"{one.role} {one.organisation}" for one in row.memberships],
    }


def _finding(finding: Finding) -> str:
    say = spoken_texts()
    return f"{say('cli.ok' if finding.is_ok else 'cli.wrong')}: {say(f'doctor.{finding.check}', **finding.values)}"


def _database(url: str | None) -> Database:
    """The database asked for; the folder of the default one is made when it is missing."""
    chosen = url or settings().database
    if chosen == "sqlite:///var/samsyn.db":
        (ROOT / "var").mkdir(exist_ok=True)
        chosen = f"sqlite:///{ROOT / 'var' / 'samsyn.db'}"
    return Database(chosen)


def _ready(url: str | None) -> Database:
    database = _database(url)
    database.require_current()
    return database


def _write(file: Path, body: bytes) -> None:
    try:
        file.write_bytes(body)
    except OSError as error:
        raise OutputError(file, error.strerror or type(error).__name__) from None


def _period(first: datetime | None, last: datetime | None) -> Period | None:
    if first is None and last is None:
        return None
    return Period(first.date() if first else date.min, last.date() if last else date.max)


def _readable(row: dict[str, Any]) -> dict[str, Any]:
    """Dates as text, weeks as ISO weeks."""
    readable = {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
    if isinstance(row.get("week"), date):
        year, week, _ = row["week"].isocalendar()
        readable["week"] = f"{year}-W{week:02d}"
    return readable
