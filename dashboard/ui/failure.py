"""A page that fails says so in words, with the reference number under which the log tells more."""

from __future__ import annotations

import streamlit as st

from dashboard.faults import report
from dashboard.ui import session


def tell(error: Exception) -> bool:
    """Show the sentence in place of what failed; Streamlit calls this for a page, a fragment or a widget's callback."""
    reference = report(error, "a page could not be shown")
    st.error(session.current_texts()("web.failed", reference=reference), icon=":material/error:")
    return True
