"""Pure geography: coordinate systems, areas, point-in-area, grids and surfaces; no database, no Streamlit."""
