"""Our own components, whose programs the browser fetches as files of this server.

Given as text, Streamlit's page would run them from addresses it makes itself (blob:), which the policy of the content would then
have to allow for every script. Streamlit serves files of components that are installed packages of their own; ours say the
same of themselves here.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from streamlit.components.v2 import component as streamlit_component
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

_FOLDER = Path(__file__).parent / "browser"
_PACKAGE = "samsyn"
_MANIFEST = ComponentManifest(
    _PACKAGE, "1", [ComponentConfig(file.stem, _FOLDER.name) for file in sorted(_FOLDER.glob("*.js"))]
)


def component(name: str) -> ComponentRenderer:
    """The component of `browser/<name>.js`, and of `<name>.css` if there is one; to be called within a run of a page."""
    manager = get_bidi_component_manager()
    if manager.get_component_asset_root(f"{_PACKAGE}.{name}") is None:
        manager.register_from_manifest(_MANIFEST, _FOLDER.parent)
    return _renderer(name)


@cache
def _renderer(name: str) -> ComponentRenderer:
    style = f"{name}.css" if (_FOLDER / f"{name}.css").exists() else None
    return streamlit_component(f"{_PACKAGE}.{name}", js=f"{name}.js", css=style)
