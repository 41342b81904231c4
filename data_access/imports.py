"""From a file to the database: what an importer needs to know is read, the file is parsed, its good rows are written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely
from sqlmodel import col, select

from data_access.changes import AreaRow, IncidentFile, record_areas, record_incidents
from data_access.changes.entry import clean_name
from data_access.frame import DEFAULT_TIMEZONE, read_frame, read_shapes
from data_access.import_reports import AreasReport, IncidentsReport, said
from data_access.importers.areas import read_areas
from data_access.importers.context import ImportContext
from data_access.importers.errors import ImportRefused
from data_access.importers.incidents import parse, preview
from data_access.importers.limits import safe_name
from data_access.importers.mapping import Mapping, mapping_from_json
from data_access.models import Category, CategoryCode, ColumnMapping, Municipality, Organisation
from data_access.permissions import OPERATOR, Action, check
from geo.crs import WGS84, transform_bounds
from geo.stand_ins import centres

if TYPE_CHECKING:
    from collections.abc import Callable

    from data_access.database import Database
    from data_access.importers.areas import ParsedArea, ParsedAreas
    from data_access.importers.incidents import ParsedFile, Preview
    from data_access.importers.limits import FileLike
    from data_access.permissions import Viewer


def import_context(database: Database, viewer: Viewer, organisation: str | None = None) -> ImportContext:
    """What the importers need to know of the municipality, and how this organisation's files were read last.

    A file may hold more than its sender sees: it is read in view of all districts, and nothing of that is told.
    """
    check(viewer, Action.IMPORT_INCIDENTS)
    frame = read_frame(database, OPERATOR)
    shapes = read_shapes(database, OPERATOR, frame.area_set) if frame.area_set else None
    districts = shapes.districts if shapes else []
    return ImportContext(
        srid=frame.srid,
        timezone=frame.timezone,
        near=_near(districts, frame.srid),
        area_codes=frozenset(area.code for area in frame.areas),
        area_names={area.name.casefold(): area.code for area in frame.areas},
        categories={category.code: (category.name_sv, category.name_en) for category in frame.categories},
        remembered=_remembered(database, organisation),
        centroids=centres(districts) if districts else None,
    )


def preview_incidents(
    database: Database,
    viewer: Viewer,
    file: FileLike,
    *,
    organisation: str | None,
    mapping: Mapping | None = None,
) -> Preview:
    """How a file would be read; nothing is written. Raises `ImportRefused`, and `EntryError` for the organisation's name."""
    owner = organisation and clean_name(organisation)
    context = import_context(database, viewer, owner)
    return preview(file, context=context, overrides=mapping)


def preview_areas(
    database: Database, viewer: Viewer, file: FileLike, *, crs: int | None = None, layer: str | None = None
) -> ParsedAreas:
    """How a file of districts would be read; nothing is written."""
    check(viewer, Action.IMPORT_AREAS)
    return read_areas(file, layer=layer, crs=crs, context=import_context(database, viewer))


def import_incidents(
    database: Database,
    viewer: Viewer,
    file: FileLike,
    *,
    organisation: str | None = None,
    mapping: Mapping | Path | None = None,
    crs: int | None = None,
    timezone: str | None = None,
    is_sample: bool = False,
    progress: Callable[[float, str], None] = lambda _share, _step: None,
) -> IncidentsReport:
    """Read a file of incidents and store it in one transaction.

    `organisation`: who reports; the file's name when not given. `mapping`: how to read it (or a JSON file that says so);
    `crs` and `timezone` overrule it. Raises `ImportRefused` when the file as a whole cannot be read, `EntryError` for the
    organisation's name.
    """
    owner = clean_name(organisation or _stem(file))
    given = _mapping(mapping)
    given = replace(given, crs=crs or given.crs, timezone=timezone or given.timezone)
    context = import_context(database, viewer, owner)
    if _decides_timezone(database, given.timezone):
        context = replace(context, timezone=given.timezone or context.timezone)
    parsed = parse(
        file, mapping=given, context=context, progress=lambda share, step: progress(share * 0.5, step)
    )
    outcome = record_incidents(
        database,
        viewer,
        _to_store(parsed, context),
        organisation=owner,
        is_sample=is_sample,
        progress=lambda share, step: progress(0.5 + share * 0.5, step),
    )
    return IncidentsReport(
        file_name=parsed.file_name,
        organisation=owner,
        read=outcome.read,
        stored=outcome.stored,
        known=outcome.known,
        without_area=outcome.without_area,
        refused=tuple(parsed.refused),
        remarks=said(parsed.guesses, parsed.warnings),
        unknown_codes=dict(parsed.unknown_codes),
        batch_id=outcome.batch_id,
    )


def import_areas(
    database: Database,
    viewer: Viewer,
    file: FileLike,
    *,
    name: str | None = None,
    crs: int | None = None,
    layer: str | None = None,
    backdrop: bytes | None = None,
    is_sample: bool = False,
) -> AreasReport:
    """Read a file of districts and store it as the newest set; all incidents are placed anew in it.

    Raises `ImportRefused` when the file as a whole cannot be read, `EntryError` for the name of the set.
    """
    parsed = read_areas(file, layer=layer, crs=crs, context=import_context(database, viewer))
    title = clean_name(name or parsed.name)
    outcome = record_areas(
        database,
        viewer,
        [_to_area(row) for row in parsed.rows],
        name=title,
        srid=parsed.srid,
        file_name=parsed.file_name,
        file_sha256=parsed.sha256,
        backdrop=backdrop,
        is_sample=is_sample,
    )
    return AreasReport(
        file_name=parsed.file_name,
        name=title,
        version=outcome.version,
        srid=parsed.srid,
        districts=outcome.districts,
        parts_of_town=outcome.parts_of_town,
        is_known=outcome.is_known,
        incidents_placed=outcome.incidents_placed,
        incidents_without_area=outcome.incidents_without_area,
        refused=tuple(parsed.refused),
        remarks=said(parsed.guesses, parsed.warnings),
    )


def _near(districts: list[Any], srid: int | None) -> tuple[float, float, float, float] | None:
    if not districts or srid is None:
        return None
    x_min, y_min, x_max, y_max = (float(value) for value in shapely.total_bounds(districts))
    return transform_bounds((x_min, y_min, x_max, y_max), srid, WGS84)


def _remembered(database: Database, organisation: str | None) -> Mapping | None:
    """The newest confirmed mapping of an organisation, with all its own codes."""
    with database.reading() as session:
        owner = session.exec(select(Organisation.id).where(Organisation.name == organisation)).first()
        if owner is None:
            return None
        newest = (
            select(ColumnMapping)
            .where(ColumnMapping.organisation_id == owner)
            .order_by(col(ColumnMapping.id).desc())
        )
        found = session.exec(newest).first()
        codes = (
            select(CategoryCode.own_code, Category.code)
            .join(Category)
            .where(CategoryCode.organisation_id == owner)
        )
        own = dict(session.execute(codes).all())
        mapping = mapping_from_json(found.mapping) if found else Mapping()
    return replace(mapping, categories={**mapping.categories, **own})


def _mapping(given: Mapping | Path | None) -> Mapping:
    if given is None or isinstance(given, Mapping):
        return given or Mapping()
    try:
        text = given.read_bytes()
    except OSError:
        raise ImportRefused(reason="file_missing", file=str(given)) from None
    return mapping_from_json(text)


def _decides_timezone(database: Database, timezone: str | None) -> bool:
    """The first file's own time zone becomes the municipality's, unless it is UTC: nobody's wall clock shows that."""
    if timezone is None or timezone.upper() in ("UTC", "GMT", "Z", "ETC/UTC"):
        return False
    with database.reading() as session:
        return session.get_one(Municipality, 1).timezone is None


def _to_store(parsed: ParsedFile, context: ImportContext) -> IncidentFile:
    return IncidentFile(
        name=parsed.file_name,
        sha256=parsed.sha256,
        rows=parsed.rows,
        refused=parsed.refused,
        rows_read=parsed.rows_read,
        reading={"guesses": [[remark.key, remark.parameters] for remark in parsed.guesses]},
        mapping=parsed.mapping.to_json(),
        header_sha256=parsed.header_sha256,
        srid=parsed.srid,
        timezone=context.timezone or DEFAULT_TIMEZONE,
    )


def _to_area(row: ParsedArea) -> AreaRow:
    return AreaRow(row.level, row.code, row.name, row.geometry, row.parent_code, row.population)


def _stem(file: FileLike) -> str:
    name = file[1] if isinstance(file, tuple) else Path(file).name
    return safe_name(name).split(".")[0] or "-"
