"""Archives: bombs, ways out of the folder, and untrue tables of contents."""

from __future__ import annotations

import gzip
import io
import stat
import struct
import zipfile
import zlib

from tests.data_access.importers.hostile import READ, hostile, zipped

CSV = b"Datum;Typ\n2024-03-05;Klotter\n"
ZEROS = b"0" * 60_000_000


@hostile("incidents", "a.xlsx", "unpacked_too_large")
def one_huge_member() -> bytes:
    return zipped(("xl/worksheets/sheet1.xml", ZEROS))


@hostile("areas", "a.zip", "unpacked_too_large")
def one_huge_shapefile() -> bytes:
    return zipped(("a.shp", ZEROS))


@hostile("areas", "a.zip", "unpacked_too_large")
def many_large_members() -> bytes:
    return zipped(*((f"a{k}.geojson", ZEROS[:1_000_000]) for k in range(90)))


@hostile("areas", "a.zip", "archive_unsafe")
def a_hundred_and_one_members() -> bytes:
    return zipped(*((f"a{k}.geojson", b"{}") for k in range(101)))


@hostile("incidents", "a.xlsx", "archive_unsafe")
def a_table_of_contents_of_100_000_entries() -> bytes:
    return zipped(*((f"{k}", b"") for k in range(100_000)), stored=True)


def _overlapping(count: int, stated: int | None = None) -> bytes:
    """Many entries that share one stream (the bomb of David Fifield in its simplest form)."""
    packed = zlib.compress(ZEROS[:20_000_000], 9)[2:-4]
    crc, size = zlib.crc32(ZEROS[:20_000_000]), stated or 20_000_000
    fixed = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, crc, len(packed), size, 1, 0)
    body = b"PK\x03\x04" + fixed + b"a" + packed
    entries = b"".join(
        b"PK\x01\x02" + struct.pack("<H", 20) + fixed + struct.pack("<HHHII", 0, 0, 0, 0, 0) + b"a"
        for _ in range(count)
    )
    return (
        body
        + entries
        + b"PK\x05\x06"
        + struct.pack("<HHHHIIH", 0, 0, count, count, len(entries), len(body), 0)
    )


@hostile("incidents", "a.xlsx", "archive_unsafe", "unpacked_too_large")
def members_that_share_one_stream() -> bytes:
    return _overlapping(90)


@hostile("areas", "a.zip", "archive_broken", "archive_unsafe")
def a_stated_size_that_is_untrue() -> bytes:
    return _overlapping(1, stated=10)


@hostile("areas", "a.zip", "not_areas")
def zips_in_zips() -> bytes:
    content = zipped(("a.geojson", ZEROS))
    for _ in range(20):
        content = zipped(("inner.zip", content), stored=True)
    return content


@hostile("areas", "a.zip", "areas_unreadable")
def a_zip_named_as_a_shapefile() -> bytes:
    return zipped(("a.shp", zipped(("a.shp", ZEROS[:1_000_000]))), ("a.dbf", zipped(("b", b"x"))))


@hostile("incidents", "a.csv.gz", "unpacked_too_large")
def gzip_bomb() -> bytes:
    return gzip.compress(ZEROS + ZEROS)


@hostile("incidents", "a.csv.gz", "archive_unsafe", "unpacked_too_large")
def gzip_of_gzip() -> bytes:
    return gzip.compress(gzip.compress(CSV * 1000))


@hostile("incidents", "a.csv.gz", "archive_unsafe")
def gzip_of_thousands_of_members() -> bytes:
    return gzip.compress(b"a;b\n") * 100_000


@hostile("incidents", "a.csv.gz", "unpacked_too_large")
def gzip_of_members_that_are_large_together() -> bytes:
    return gzip.compress(ZEROS[:1_500_000]) * 50


@hostile("incidents", "a.csv.gz", "archive_broken")
def gzip_cut_off() -> bytes:
    return gzip.compress(CSV * 1000)[:-20]


@hostile("incidents", "a.csv.gz", "too_many_rows")
def gzip_of_empty_lines() -> bytes:
    return gzip.compress(b"Datum;Typ\n" + b"\n" * 1_999_000)


@hostile("incidents", "a.csv.gz", "too_many_rows", "too_many_columns")
def gzip_of_delimiters() -> bytes:
    line = b"abcdefgh" + b";" * 92 + b"%d\n"
    return gzip.compress(b"".join(line % k for k in range(400_000)), 1)


@hostile("areas", "a.zip", "archive_unsafe")
def a_link() -> bytes:
    info = zipfile.ZipInfo("a.geojson")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return zipped((info, b"/etc/passwd"))


@hostile("areas", "a.zip", "archive_unsafe")
def a_pipe() -> bytes:
    info = zipfile.ZipInfo("a.geojson")
    info.external_attr = (stat.S_IFIFO | 0o777) << 16
    return zipped((info, b"{}"))


@hostile("areas", "a.zip", "archive_unsafe")
def encrypted() -> bytes:
    content = bytearray(zipped(("a.geojson", b"{}")))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


@hostile("areas", "a.zip", "archive_unsafe")
def twice_the_same_name() -> bytes:
    return zipped(("a.geojson", b"{}"), ("A.geojson", b"{}"))


@hostile("areas", "a.zip", "archive_unsafe")
def packed_with_a_window_of_gigabytes() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.geojson", b"{}")
    return out.getvalue()


for _number, _name in enumerate(
    (
        "/etc/a.geojson",
        "../a.geojson",
        "a/../../b.geojson",
        "..\\a.geojson",
        "C:\\a.geojson",
        "\\\\host\\a.geojson",
        "a:b.geojson",
    )
):

    def _out(name: str = _name) -> bytes:
        return zipped((name, b"{}"))

    _out.__name__ = f"a_way_out_{_number}"
    hostile("areas", "a.zip", "archive_unsafe")(_out)


@hostile("areas", "a.zip", "archive_broken")
def a_zip_of_nothing_but_its_start() -> bytes:
    return b"PK\x03\x04" + b"\0" * 1000


@hostile("incidents", "a.csv", "archive_broken", "workbook_unreadable", READ)
def both_a_table_and_a_zip() -> bytes:
    return b"PK\x03\x04;Datum;Typ\n1;2024-03-05;Klotter\n" * 100 + zipped(("a", b"b"))
