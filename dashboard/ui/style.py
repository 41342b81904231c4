"""The few rules of style that the theme cannot express, each tied to a key of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from dashboard.texts import Texts

_RULES = """
.stMainBlockContainer { padding: 3.6rem 1.5rem 2rem; }
.stMainBlockContainer > .stVerticalBlock { gap: .55rem; }
.stLayoutWrapper:has(> .st-key-unseen), .stLayoutWrapper:has(> .st-key-language-switch) { position: absolute; }
.st-key-unseen { height: 0; overflow: hidden; }
.stLayoutWrapper:has(> .st-key-sign-in) { align-self: center; margin-top: 14vh; max-width: 100%; }
[class*="st-key-frame-"] { padding: .4rem .75rem .45rem; }
.st-key-language-switch { position: fixed; top: .5rem; right: 1.5rem; z-index: 1000000; width: auto; }
.stLayoutWrapper:has(> .st-key-account) { position: absolute; }
.st-key-meeting-top h1 { padding: 0 0 1rem; font-size: 1rem; font-weight: 400; letter-spacing: 0; }
.st-key-account { position: fixed; top: .5rem; right: 12rem; z-index: 1000000; width: auto; }
.st-key-account button { min-height: 2rem; padding-top: 0; padding-bottom: 0; }
.st-key-language-switch button { min-height: 2rem; padding-top: 0; padding-bottom: 0; }
@media (min-width: 1000px) { .stColumn:has(.st-key-survey-aside) { position: sticky; top: 4rem; align-self: flex-start; } }
[class*="st-key-finding-told"] .stPageLink p { white-space: normal; overflow: visible; }
@media (max-width: 640px) {
  [class*="st-key-finding-"] > :has(> [class*="st-key-finding-told"]) { min-width: 100%; }
  .stMainBlockContainer { padding: 3.6rem .75rem 2rem; }
  .stLayoutWrapper:has(> .st-key-language-switch), .st-key-language-switch { position: static; }
  .stLayoutWrapper:has(> .st-key-account), .st-key-account { position: static; }
  .stButton kbd { display: none; }
}
"""


_UPLOADER = """
[data-testid="stFileUploaderDropzone"] button p, [data-testid="stFileUploaderDropzoneInstructions"] span {{ font-size: 0; }}
[data-testid="stFileUploaderDropzone"] button p::after {{ content: "{choose}"; font-size: .9rem; }}
[data-testid="stFileUploaderDropzoneInstructions"] span::after {{ content: "{limit}"; font-size: .85rem; }}
"""


_PRESENTED = """
html { font-size: 27.5px; }
.stMainBlockContainer { padding-top: 0; }
.stMarkdown p, .stMarkdown li { font-size: .95rem; }
header.stAppHeader, .st-key-account, .st-key-language-switch { display: none; }
.stElementContainer:has(.stVegaLiteChart) { zoom: 1.86; width: calc(100% / 1.86) !important; }
.stElementContainer:has(.stVegaLiteChart) .stElementToolbar { display: none; }
"""
"""All words at least 24 px high. Charts count their pixels themselves and are magnified: they draw as wide as they seem to be
before that, so they are told that they are narrower. Who is signed in is nothing for the screen, nor are other pages."""


def present() -> None:
    """Enlarge what is on the page, to be read from five metres."""
    st.html(f"<style>{_PRESENTED}</style>")


def apply(texts: Texts) -> None:
    """Add the rules to the page; the uploader's own words exist in English only, so ours stand in their place."""
    uploader = _UPLOADER.format(choose=texts("ui.choose_file"), limit=texts("ui.file_limit"))
    st.html(f"<style>{_RULES}{uploader}</style>")
