"""The routes that the linked component asks: who asks, whether anything has changed, and in which form it is answered.

Whoever has no ticket of a living session gets 401, whose role does not reach 403, a question that cannot be understood 400 with
the reason in words, an address of older data 404.
"""

from __future__ import annotations

import gzip
import hashlib
import secrets
from functools import lru_cache, partial, wraps
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Route

from dashboard.effects import evaluation_shown
from dashboard.entrance import viewer_in
from dashboard.faults import report
from dashboard.geometry import document_of, ground
from dashboard.linked.answer import answer
from dashboard.linked.assets import bundle
from dashboard.linked.documents import compact, mount_document
from dashboard.linked.tickets import tickets
from dashboard.maps.explore import LAYERS, layers_for
from dashboard.settings import settings
from dashboard.situation import explore
from dashboard.texts import texts
from data_access.database import Database, opened
from data_access.facts import facts
from data_access.permissions import NotPermittedError
from data_access.selection import Selection, SelectionError
from data_access.sessions import SignInError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

    from starlette.requests import Request

    from dashboard.look import Mode
    from data_access.facts import Facts
    from data_access.permissions import Viewer

    Handler = Callable[[Request, Viewer], Response]

TICKET = "X-Samsyn-Ticket"
VIEWS_PATH = "/linked/views"
_FOREVER = {"Cache-Control": "private, max-age=31536000, immutable"}
_ASK_AGAIN = {"Cache-Control": "private, no-cache"}
_NEVER = {"Cache-Control": "no-store"}
_FEWEST_ZIPPED_BYTES = 1024
_ZIP_LEVEL = 4
_RUN = secrets.token_hex(8)  # another run of the program may answer the same question in another form


def asked(handler: Handler) -> Callable[[Request], Coroutine[Any, Any, Response]]:
    """Answer in a thread of its own, only to whoever shows a ticket, and never with a traceback."""

    def answered(request: Request) -> Response:
        holder = tickets.holder(request.headers.get(TICKET))
        if holder is None:
            return _refused(401, request, "linked.no_ticket")
        try:
            viewer = viewer_in(holder.session_id)
            return handler(request, viewer.before_others() if holder.is_shown else viewer)
        except SignInError:
            return _refused(401, request, "linked.no_ticket")
        except NotPermittedError:
            return _refused(403, request, "ui.not_permitted")
        except SelectionError as error:
            return _refused(400, request, "ui.bad_address", parameter=error.parameter, value=error.value)
        except Exception as error:  # noqa: BLE001 - whatever it is, the browser is told in words and asks again
            report(error, "a question of the linked component could not be answered")
            return _refused(503, request, "linked.server_away")

    @wraps(handler)
    async def route(request: Request) -> Response:
        return await run_in_threadpool(answered, request)

    return route


def mount(request: Request, viewer: Viewer) -> Response:
    """The mount document; its address names its content, so that a browser keeps it."""
    query = request.query_params
    number = Selection.from_query({"area_set": query.get("area_set", "")}).area_set
    known = facts(_database(), viewer, number)
    found = mount_document(_database(), viewer, known, query.get("lang", ""), _mode(query))
    if found.version != query.get("v"):
        return _refused(404, request, "linked.gone")
    return _sent(request, found.body, "application/json", _FOREVER)


def views(request: Request, viewer: Viewer) -> Response:
    """All views of a selection; 304 for whoever holds the answer already."""
    query = request.query_params
    selection, layer = Selection.from_query(dict(query)), _layer(viewer, query)
    known = facts(_database(), viewer, selection.area_set)
    tag = _tag(viewer, known, selection, layer, query)
    headers = _ASK_AGAIN | {"ETag": tag}
    if tag in [one.strip() for one in request.headers.get("If-None-Match", "").split(",")]:
        return Response(status_code=304, headers=headers)
    of = explore.situation(known, selection)
    if of is None:
        return _refused(404, request, "ui.empty_title")
    area_set = known.frame.area_set
    land = ground(_database(), viewer, area_set) if area_set else None
    evaluate = partial(evaluation_shown, _database(), viewer, known)
    values = answer(of, land, layer, texts(query.get("lang", "")), _mode(query), evaluate=evaluate)
    return _sent(request, compact(values), "application/json", headers)


def shapes(request: Request, viewer: Viewer) -> Response:
    """Geometry of a set of districts as GeoJSON; the address names set and content."""
    area_set, kind = request.path_params["area_set"], request.path_params["kind"]
    found = document_of(_database(), viewer, area_set, kind)
    if found is None or found.path != request.url.path:
        return _refused(404, request, "linked.gone")
    return _sent(request, found.body, "application/geo+json", _FOREVER)


async def script(request: Request) -> Response:
    """The component's own program, the same for everybody; the address names its content."""
    return await run_in_threadpool(_script, request)


def _script(request: Request) -> Response:
    found = bundle()
    if found.path != request.url.path:
        return _refused(404, request, "linked.gone")
    return _sent(request, found.body, "text/javascript", _FOREVER)


ROUTES = [
    Route("/linked/mount", asked(mount)),
    Route(VIEWS_PATH, asked(views)),
    Route("/linked/{content}/linked.js", script),
    Route("/shapes/{area_set:int}/{kind}/{content}.json", asked(shapes)),
]


def _database() -> Database:
    return opened(settings().database)


def _mode(query: Mapping[str, str]) -> Mode:
    return "dark" if query.get("mode") == "dark" else "light"


def _layer(viewer: Viewer, query: Mapping[str, str]) -> str:
    layer = query.get("layer") or LAYERS[0]
    if layer not in layers_for(viewer.sight):
        raise SelectionError("layer", layer[:120])
    return layer


def _tag(viewer: Viewer, known: Facts, selection: Selection, layer: str, query: Mapping[str, str]) -> str:
    """Names everything that decides the answer, so that an equal tag means an equal answer."""
    area_set = known.frame.area_set
    parts = (
        _RUN,
        viewer,
        settings().database,
        known.frame.version,
        area_set and area_set.id,
        sorted(selection.to_query().items()),
        layer,
        texts(query.get("lang", "")).language,
        _mode(query),
    )
    return f'W/"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'


def _sent(request: Request, body: bytes, kind: str, headers: dict[str, str]) -> Response:
    """The body, compressed for whoever can read that."""
    headers = headers | {"Vary": "Accept-Encoding"}
    if len(body) >= _FEWEST_ZIPPED_BYTES and "gzip" in request.headers.get("Accept-Encoding", ""):
        body = _zipped_once(body) if headers["Cache-Control"] == _FOREVER["Cache-Control"] else _zipped(body)
        headers |= {"Content-Encoding": "gzip"}
    return Response(body, media_type=kind, headers=headers)


def _zipped(body: bytes) -> bytes:
    return gzip.compress(body, _ZIP_LEVEL, mtime=0)


_zipped_once = lru_cache(maxsize=24)(_zipped)


def _refused(status: int, request: Request, key: str, **values: str) -> Response:
    say = texts(request.query_params.get("lang", ""))
    return Response(
        compact({"reason": say(key, **values)}), status, headers=_NEVER, media_type="application/json"
    )
