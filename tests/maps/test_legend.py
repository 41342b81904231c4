from html.parser import HTMLParser

import numpy as np

from dashboard.maps.classes import quantile_classes
from dashboard.maps.heat import heat_picture
from dashboard.maps.legend import heat_legend_html, legend_html
from dashboard.texts import texts
from geo.density import Surface

SV = texts("sv")


class Reader(HTMLParser):
    """Collects the words and checks that every tag is closed."""

    def __init__(self, text):
        super().__init__()
        self.open, self.words, self.tags = [], [], []
        self.feed(text)
        assert not self.open

    def handle_starttag(self, tag, _attrs):
        self.open.append(tag)
        self.tags.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


def test_legend_reads_as_a_list_with_counts():
    classes = quantile_classes([0, 1, 1200, float("nan")], SV)
    read = Reader(legend_html(classes, SV, title="Händelser", unit="antal"))
    assert read.tags.count("li") == 4
    assert read.words == [
        "Händelser",
        "antal",
        "inga",
        "1 område",
        "1",
        "1 område",
        "1\u00a0200",
        "1 område",
        "uppgift saknas",
        "1 område",
    ]
    assert not {"script", "style", "img", "a"} & set(read.tags)


def test_title_and_unit_are_escaped():
    html = legend_html(quantile_classes([1], SV), SV, title='<i>"x', unit="<b>")
    assert "<b>" not in html
    assert Reader(html).words[:2] == ['<i>"x', "<b>"]


def test_heat_legend_names_unit_and_radius():
    surface = Surface(
        np.eye(9, dtype=np.float32) * 1234, (370000.0, 6160000.0, 370900.0, 6160900.0), 100.0, 300.0
    )
    words = " ".join(Reader(heat_legend_html(heat_picture(surface, 3006), SV, title="Täthet")).words)
    assert "händelser per km²" in words
    assert "300 m" in words
    assert "många (1\u00a0" in words
