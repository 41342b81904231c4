"""Whether the page is shown on a phone: the one thing about the browser that the server cannot see."""

from __future__ import annotations

import streamlit as st
from streamlit.components.v2 import component

NARROW_PX = 640
_KEY, _ANSWER = "viewport", "screen_is_narrow"

_SCRIPT = """
export default function (component) {
  const isNarrow = window.matchMedia("(max-width: WIDTHpx)").matches;
  if (isNarrow) component.setStateValue("is_narrow", true);
}
""".replace("WIDTH", str(NARROW_PX))

_probe = component("samsyn_viewport", html="<span></span>", js=_SCRIPT)


def ask() -> None:
    """Ask the browser, once per visit; only a narrow screen answers, a wide one costs no extra run."""
    answer = _probe(key=_KEY, default={"is_narrow": False}, on_is_narrow_change=lambda: None, height=1)
    st.session_state[_ANSWER] = bool(answer.is_narrow)


def is_narrow() -> bool:
    """Whether the screen is narrow; False until the browser has answered."""
    return st.session_state.get(_ANSWER, False)
