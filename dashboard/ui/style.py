"""The few rules of style that the theme cannot express, each tied to a key of our own."""

from __future__ import annotations

import streamlit as st

_RULES = """
.st-key-frame-map { position: relative; }
.samsyn-legend { position: absolute; right: 14px; bottom: 8px; z-index: 5; pointer-events: none; opacity: .96; }
.st-key-frame-map [data-testid="stHtml"] { position: static; height: 0; overflow: visible; }
[class*="st-key-frame-"] { padding: .55rem .75rem .5rem; }
[class*="st-key-figure-"] { padding: .45rem .75rem .4rem; }
[class*="st-key-figure-"] h3 { padding: 0; font-variant-numeric: tabular-nums; }
.st-key-language-switch { position: fixed; top: .55rem; right: 1rem; z-index: 1000000; width: auto; }
.st-key-chips button, .st-key-filter-bar button { min-height: 2rem; }
@media (max-width: 640px) {
  .st-key-language-switch { position: static; }
  .samsyn-legend { position: static; margin-top: .4rem; }
}
"""


def apply() -> None:
    """Add the rules to the page."""
    st.html(f"<style>{_RULES}</style>")
