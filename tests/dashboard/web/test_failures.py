from __future__ import annotations

import logging
import re
from typing import Any

import pytest
from starlette.requests import ClientDisconnect

from dashboard.faults import report
from dashboard.texts import texts
from dashboard.web.failures import Failures
from tests.dashboard.web.asking import ask

TYPED = "Anna Andersson 850101-1234"


def failing(error: Exception, *first: dict[str, Any]):
    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        for message in first:
            await send(message)
        raise error

    return Failures(app)


START = {"type": "http.response.start", "status": 200, "headers": []}


def test_a_failure_is_told_in_words_with_the_number_of_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        reply = ask(failing(ValueError(TYPED)), "/?lang=en")
    reference = re.search(r"\b[0-9A-F]{8}\b", reply.text)
    assert reference is not None
    assert reply.status == 500
    assert reply.text == texts("en")("web.failed", reference=reference[0])
    assert f"reference {reference[0]}" in caplog.text
    assert "builtins.ValueError" in caplog.text
    assert "test_failures.py" in caplog.text
    assert TYPED not in caplog.text + reply.text


def test_an_answer_that_has_begun_just_ends(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        reply = ask(failing(ValueError(TYPED), START))
    assert reply.types == ["http.response.start"]
    assert "reference" in caplog.text


@pytest.mark.parametrize("first", [(), ({"type": "websocket.accept"},)])
def test_a_websocket_is_closed(first: tuple[dict[str, Any], ...]) -> None:
    reply = ask(failing(ValueError(TYPED), *first), kind="websocket")
    assert reply.types[-1] == "websocket.close"
    assert reply.sent[-1]["code"] == 1011


def test_whoever_leaves_is_no_failure(caplog: pytest.LogCaptureFixture) -> None:
    assert ask(failing(ClientDisconnect())).sent == ()
    assert caplog.text == ""


def test_the_log_names_every_cause_and_no_message(caplog: pytest.LogCaptureFixture) -> None:
    def outer() -> None:
        try:
            inner()
        except KeyError as error:
            raise RuntimeError(TYPED) from error

    def inner() -> None:
        raise KeyError(TYPED)

    try:
        outer()
    except RuntimeError as error:
        first, second = report(error, "it failed"), report(error, "it failed")
    assert first != second
    assert caplog.text.index("builtins.KeyError") < caplog.text.index("builtins.RuntimeError")
    assert "in inner" in caplog.text
    assert TYPED not in caplog.text


def test_causes_in_a_circle_end() -> None:
    one, other = ValueError("a"), ValueError("b")
    one.__cause__, other.__cause__ = other, one
    assert len(report(one, "it failed")) == 8
