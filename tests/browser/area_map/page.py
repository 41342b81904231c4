"""The map of the form for an intervention alone on a page, and under it what Python understood."""

import streamlit as st

from dashboard.ui import area_map, session, style

texts = session.current_texts()
style.apply(texts)
drawn = area_map.area_map(
    session.current_facts(None), texts, key="map", chosen=["01"], roles={"03": "ring", "04": "comparison"}
)
surface = "none" if drawn.polygon is None else f"{drawn.polygon.area / 1e6:.2f} km2"
st.text(f"areas {','.join(sorted(drawn.areas))} surface {surface} problem {drawn.problem or 'none'}")
