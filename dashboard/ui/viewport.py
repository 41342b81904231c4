"""Whether the page is shown on a phone: the one thing about the browser that the server cannot see."""

from __future__ import annotations

import streamlit as st

NARROW_PX = 640

_SCRIPT = """
export default function (component) {
  const isNarrow = window.matchMedia("(max-width: %dpx)").matches;
  if (isNarrow) component.setStateValue("is_narrow", true);
}
""" % NARROW_PX  # noqa: UP031 - braces belong to the script

_probe = st.components.v2.component("samsyn_viewport", html="<span></span>", js=_SCRIPT)


def is_narrow() -> bool:
    """True on a narrow screen; asked once per visit, a wide screen costs no extra run."""
    answer = _probe(key="viewport", default={"is_narrow": False}, on_is_narrow_change=lambda: None, height=1)
    return bool(answer.is_narrow)
