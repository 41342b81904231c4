from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartParser
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from dashboard.texts import texts
from dashboard.web.limits import FRAME_BYTES, KB, MB, OTHER_BYTES, Limits
from tests.dashboard.web.asking import HOST, ask, well

if TYPE_CHECKING:
    from pathlib import Path

UPLOAD = "/_stcore/upload_file/session/file"
APP = Limits(well, upload_mb=1)
MOST = {("PUT", UPLOAD): MB + FRAME_BYTES, ("POST", UPLOAD): OTHER_BYTES, ("POST", "/health"): OTHER_BYTES}


@pytest.mark.parametrize(("method", "path"), MOST)
@pytest.mark.parametrize("piece", [1000, 65_536, 10_000_000])
def test_the_last_byte_allowed_is_taken_and_the_next_is_not(method: str, path: str, piece: int) -> None:
    most = MOST[method, path]
    for size, status in ((most, 200), (most + 1, 413)):
        body = b"x" * size
        pieces = [body[at : at + piece] for at in range(0, size, piece)]
        reply = ask(APP, path, method=method, body=pieces)
        assert reply.status == status
        assert status == 413 or reply.text == str(size)


@given(st.lists(st.binary(max_size=30_000), max_size=8))
def test_what_comes_is_counted_however_it_is_cut(pieces: list[bytes]) -> None:
    size = sum(map(len, pieces))
    reply = ask(APP, "/health", method="POST", body=pieces)
    assert (reply.status, size > OTHER_BYTES) in ((200, False), (413, True))


@pytest.mark.parametrize("stated", [["70000"], ["5", "70000"], ["999999999999999999999"]])
def test_what_is_stated_is_believed_when_it_is_too_much(stated: list[str]) -> None:
    read: list[int] = []

    async def app(_scope: Any, _receive: Any, _send: Any) -> None:
        read.append(1)

    headers = [("host", HOST), *(("content-length", one) for one in stated)]
    reply = ask(Limits(app, upload_mb=1), "/health?lang=en", method="POST", headers=headers)
    assert (reply.status, read) == (413, [])
    assert reply.text == texts("en")("web.too_large", limit="64 kB")


@pytest.mark.parametrize("stated", ["5", "-1", "many", ""])
def test_what_is_stated_too_low_helps_nobody(stated: str) -> None:
    headers = [("host", HOST), ("content-length", stated)]
    reply = ask(APP, "/health", method="POST", headers=headers, body=[b"x" * 70_000])
    assert reply.status == 413


def test_the_limit_of_a_file_is_said_in_its_unit() -> None:
    body = [b"x" * (2 * MB)]
    assert "1 MB" in ask(APP, UPLOAD, method="PUT", body=body).text


def test_other_failures_pass_through() -> None:
    async def broken(_scope: Any, _receive: Any, _send: Any) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        ask(Limits(broken, upload_mb=1))
    assert ask(APP, "/_stcore/stream", kind="websocket").types == ["websocket.accept"]


async def reading_a_form(scope: Any, receive: Any, send: Any) -> None:
    """Reads an upload as Streamlit does, and answers with its size."""
    async with Request(scope, receive).form() as form:
        file = form["file"]
        assert isinstance(file, UploadFile)
        size = len(await file.read())
    await PlainTextResponse(str(size))(scope, receive, send)


def uploaded(app: Any, size: int) -> str:
    frame = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
    headers = [("host", HOST), ("content-type", "multipart/form-data; boundary=x")]
    pieces = [frame, *(b"y" * KB for _ in range(size // KB)), b"\r\n--x--\r\n"]
    return ask(app, UPLOAD, method="PUT", headers=headers, body=pieces).text


def test_a_file_of_an_upload_is_written_to_no_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With no folder for temporary files to write to, the largest file that is taken is still read whole."""
    monkeypatch.setattr(MultiPartParser, "spool_max_size", MB)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(FileNotFoundError):
        uploaded(reading_a_form, 2 * MB)
    assert uploaded(Limits(reading_a_form, upload_mb=10), 10 * MB) == str(10 * MB)
