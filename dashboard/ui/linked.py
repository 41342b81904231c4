"""The linked views of the explore page: one component that asks our own routes, and tells Python what was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit.components.v2 import component

from dashboard.linked.assets import bundle
from dashboard.linked.documents import mount_document
from dashboard.linked.routes import VIEWS_PATH
from dashboard.ui import session, state

if TYPE_CHECKING:
    from dashboard.texts import Texts
    from data_access.facts import Facts

KEY = "linked"

# The program is fetched once per visit from an address that names its content; until then there is one line of words.
_LOADER = """
const latest = new WeakMap();
const RETRY_MS = 3000;
let program;

function begin(component) {
  const host = component.parentElement;
  program ??= import(new URL(component.data.script.slice(1), document.baseURI).href);
  return program.then(
    (loaded) => {
      host.querySelector("[data-wait]")?.remove();
      const now = latest.get(host);
      if (now) now.cleanup = loaded.default(now.component);
    },
    () => {
      program = undefined;
      say(host, component.data.words.server_away);
      setTimeout(() => latest.has(host) && begin(latest.get(host).component), RETRY_MS);
    },
  );
}

function say(host, words) {
  let line = host.querySelector("[data-wait]");
  if (!line) {
    line = document.createElement("p");
    line.dataset.wait = "";
    line.setAttribute("role", "status");
    host.append(line);
  }
  line.textContent = words;
}

export default function (component) {
  const host = component.parentElement;
  const isFirst = !latest.has(host);
  latest.set(host, { component, cleanup: latest.get(host)?.cleanup });
  if (isFirst && !program) say(host, component.data.words.loading);
  begin(component);
  return () => {
    const last = latest.get(host);
    latest.delete(host);
    last?.cleanup?.();
  };
}
"""

_views = component("samsyn_linked", js=_LOADER)


def draw(facts: Facts, texts: Texts) -> None:
    """Draw the component; what is chosen in it becomes the Selection, without a word back."""
    mode = session.mode()
    mount = mount_document(session.database(), session.viewer(), facts, texts.language, mode)
    data: dict[str, Any] = {
        "script": bundle().path,
        "mount": mount.path,
        "views": VIEWS_PATH,
        "ticket": session.ticket(),
        "lang": texts.language,
        "mode": mode,
        "query": state.selection().to_query(),
        "layer": state.layer(),
        "epoch": state.epoch(),
        "words": {"loading": texts("linked.loading"), "server_away": texts("linked.server_away")},
    }
    _views(key=KEY, data=data, on_asked_change=_take, on_renew_change=session.renew_ticket)


def _take() -> None:
    state.take(st.session_state[KEY].get("asked"))
