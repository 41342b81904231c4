"""Pictures of every page on a desk and on a phone; the README shows the ones that `make pictures` keeps."""

from __future__ import annotations

import io
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

pytestmark = pytest.mark.browser

DESK, PHONE = {"width": 1920, "height": 1080}, {"width": 390, "height": 844}
PAGES = {
    "utforska": "/",
    "tathet": "/?layer=heat&lang=en",
    "moten": "/moten",
    "mote": "/moten?mote=8&steg=look",
    "skarmen": "/moten?mote=9&steg=places&visas=1",
    "insatser": "/insatser",
    "insats": "/insatser?insats=5",
    "enkater": "/enkater",
    "importera": "/importera",
    "om-siffrorna": "/om-siffrorna",
}
LINKED = ("utforska", "tathet", "skarmen")
SETTLE_MS = 1500


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_pictures(chromium, sample_server, name, screen):
    """A page draws something with many colours, shows no error, and is no wider than its screen."""
    size = DESK if screen == "desk" else PHONE
    context = chromium.new_context(viewport=size, locale="sv-SE")
    page = context.new_page()
    page.set_default_timeout(45_000)
    page.goto(sample_server.url + PAGES[name])
    page.wait_for_selector(
        ".linked[data-state=ready][data-painted]" if name in LINKED else "h1",
        state="attached",
    )
    page.wait_for_selector("[data-test-script-state=notRunning]", state="attached")
    page.wait_for_timeout(SETTLE_MS)
    assert page.locator("[data-testid=stException]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    picture = page.screenshot()
    context.close()
    colours = np.unique(np.asarray(Image.open(io.BytesIO(picture)).convert("RGB")).reshape(-1, 3), axis=0)
    assert len(colours) > 200
    if folder := os.environ.get("SAMSYN_PICTURES"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        (Path(folder) / f"{name}-{screen}.png").write_bytes(picture)
