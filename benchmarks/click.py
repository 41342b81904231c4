"""One filter click on the explore page: what the server needs for it, and what it sends.

The client speaks Streamlit's own protocol over loopback, so the time is the server's (and nothing of a browser's painting): from
the click's message to the message that the run is finished.
"""

from __future__ import annotations

import json
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from benchmarks.harness import Row, p90
from dashboard.demo import load_sample
from data_access.changes import initialise
from data_access.database import Database
from data_access.permissions import OPERATOR

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDS, WARM_UP = 24, 6
BAR_MS, BAR_KB = 150.0, 60.0
_SMALL_FRAME = 100
FACETS = {"categories": ("vandalism", "graffiti", "bicycle_theft"), "areas": ("0101", "0201", "0302")}


@dataclass(frozen=True)
class Run:
    """One run of the page's script: seconds, bytes, and the charts that came (facet -> widget id)."""

    seconds: float
    sent_bytes: int
    charts: dict[str, str]


def run() -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="samsyn-bench-") as folder:
        database = Database(f"sqlite:///{folder}/sample.db")
        initialise(database)
        load_sample(database, OPERATOR)
        with _serving(database.url) as url, closing(_connect(url)) as page:
            runs = _clicks(page)
    ms = [1e3 * one.seconds for one in runs]
    kb = [one.sent_bytes / 1024 for one in runs]
    note = "sample municipality, count layer; clicks on bars of types and districts, first visit and warm-up left out"
    return [
        _ceiling("one filter click: server time", ms, BAR_MS, "ms", note),
        _ceiling("one filter click: sent to the browser", kb, BAR_KB, "KB", note),
    ]


class _CountingSocket(socket.socket):
    """Counts what comes over the wire, after the compression that browsers agree to."""

    received = 0

    def recv(self, *arguments: int) -> bytes:
        data = super().recv(*arguments)
        self.received += len(data)
        return data


def _connect(url: str) -> ClientConnection:
    where = urllib.parse.urlsplit(url)
    wire = _CountingSocket(socket.AF_INET, socket.SOCK_STREAM)
    wire.connect((where.hostname, where.port))
    return connect(url, sock=wire, subprotocols=["streamlit"], max_size=None, compression="deflate")


def _ceiling(what: str, values: list[float], bar: float, unit: str, note: str) -> Row:
    middle = statistics.median(values)
    return Row(
        what, middle, None, middle, bar, middle <= bar, unit, p90(values), None, is_ceiling=True, note=note
    )


def _clicks(page: ClientConnection) -> list[Run]:
    """Click one bar after another, types and districts in turn."""
    charts = _rerun(page, {}).charts
    chosen: dict[str, list[str]] = {facet: [] for facet in FACETS}
    runs = []
    for number in range(WARM_UP + ROUNDS):
        facet = ("categories", "areas")[number % 2]
        code = FACETS[facet][number // 2 % 3]
        chosen[facet] = (
            [c for c in chosen[facet] if c != code] if code in chosen[facet] else [*chosen[facet], code]
        )
        states = {
            charts[name]: json.dumps({"selection": {name: [{"code": c} for c in codes]}})
            for name, codes in chosen.items()
        }
        runs.append(_rerun(page, states))
    return runs[WARM_UP:]


def _rerun(page: ClientConnection, states: dict[str, str]) -> Run:
    message = BackMsg()
    message.rerun_script.query_string = ""
    for widget, value in states.items():
        state = message.rerun_script.widget_states.widgets.add()
        state.id, state.string_value = widget, value
    begin, charts = time.perf_counter(), {}
    size = page.socket.received
    page.send(message.SerializeToString())
    frames = []
    while not frames or not _is_finished(frames[-1]):
        frames.append(page.recv(timeout=120, decode=False))
    taken, size = time.perf_counter() - begin, page.socket.received - size
    for frame in frames:  # read after the clock has stopped: this is the browser's work
        answer = ForwardMsg.FromString(frame)
        if (
            answer.WhichOneof("type") == "delta"
            and answer.delta.new_element.WhichOneof("type") == "vega_lite_chart"
        ):
            chart = answer.delta.new_element.vega_lite_chart
            charts |= {facet: chart.id for facet in FACETS if f"view-{facet}" in chart.id}
    return Run(taken, size, charts)


def _is_finished(frame: bytes) -> bool:
    return len(frame) < _SMALL_FRAME and ForwardMsg.FromString(frame).WhichOneof("type") == "script_finished"


@contextmanager
def _serving(database: str) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        str(Path(sys.executable).parent / "samsyn"),
        "run",
        "--database",
        database,
        "--port",
        str(port),
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        _wait(f"http://127.0.0.1:{port}/health")
        yield f"ws://127.0.0.1:{port}/_stcore/stream"
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(url: str) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - loopback
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    message = f"no answer from {url}"
    raise TimeoutError(message)
