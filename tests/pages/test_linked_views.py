from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dashboard.entrance import LOCAL_SESSION
from dashboard.linked.documents import mount_document
from dashboard.linked.tickets import tickets
from dashboard.texts import texts
from data_access.facts import facts
from data_access.permissions import LOCAL_VIEWER
from tests.linked.asking import ask
from tests.pages.test_pages import linked, opened

if TYPE_CHECKING:
    from collections.abc import Callable

    from data_access.database import Database


def test_the_linked_views_are_told_where_to_ask_and_what_is_chosen(
    small: Database, use: Callable[[Database], None]
) -> None:
    use(small)
    data = linked(opened(areas="01~02", layer="rate"))
    assert (data["query"], data["layer"], data["mode"]) == ({"areas": "01~02"}, "rate", "light")
    mount = mount_document(small, LOCAL_VIEWER, facts(small, LOCAL_VIEWER), "sv", "light")
    assert data["mount"] == mount.path
    assert tickets.session_of(data["ticket"]) == LOCAL_SESSION
    assert data["words"] == {name: texts("sv")(f"linked.{name}") for name in ("loading", "server_away")}
    assert len(json.dumps(data)) < 1500


def test_a_run_that_changes_nothing_tells_nothing_new(
    small: Database, use: Callable[[Database], None]
) -> None:
    use(small)
    app = opened(areas="01")
    before = linked(app)
    app.run()
    assert linked(app) == before


def test_a_ticket_that_has_run_out_is_replaced(small: Database, use: Callable[[Database], None]) -> None:
    use(small)
    app = opened()
    old = linked(app)["ticket"]
    tickets.grant(LOCAL_SESSION, instead_of=old)
    app.run()
    new = linked(app)["ticket"]
    assert new != old
    assert tickets.session_of(new) == LOCAL_SESSION


def test_what_the_views_are_told_can_be_fetched_as_it_is(
    small: Database, use: Callable[[Database], None]
) -> None:
    use(small)
    data = linked(opened(areas="01"))
    for path in (data["mount"], data["views"]):
        assert ask(path, ticket=data["ticket"]).status == 200
    assert ask(data["script"], ticket=None).status == 200
