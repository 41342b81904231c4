"""How large a file may be, and opening one without trusting it."""

from __future__ import annotations

import hashlib
import io
import re
import stat
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from data_access.importers.errors import ImportRefused

_MB = 1024**2
_CHUNK = 1 << 20
_ENCRYPTED = 0x1
_GZIP = b"\x1f\x8b"
_ENTRY = b"PK\x01\x02"
_FAR_TOO_MANY = 1000  # entries in a zip's table of contents beyond which it is not even parsed
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others may ask for gigabytes of window
_NAME_LENGTH = 120
_LONGEST_NAME = 2_000
_LONGEST_SUFFIX = 12
_NOT_IN_A_NAME = re.compile(r'[<>:"|?*\\/]')

FileLike = Path | str | tuple[bytes, str]
"""A path on this machine, or the bytes and the name of an uploaded file."""


@dataclass(frozen=True)
class Limits:
    """What is read at most; the ratio counts only beyond `small_bytes`, where a bomb begins to matter.

    `cells` is rows times columns once every row has the header's width, `workbook_cells` the same of all sheets up to
    their last cell, `json_marks` the brackets and commas of a JSON text (an opening brace counts as four: an object is
    that much larger in memory), `reader_bytes` the memory of the process that reads a workbook.
    """

    file_bytes: int = 10 * _MB
    unpacked_bytes: int = 50 * _MB
    ratio: int = 100
    small_bytes: int = 2 * _MB
    members: int = 100
    rows: int = 200_000
    columns: int = 200
    cell_characters: int = 10_000
    cells: int = 10_000_000
    workbook_cells: int = 4_000_000
    json_marks: int = 5_000_000
    areas: int = 20_000
    reader_bytes: int = 400 * _MB


UPLOADED = Limits()
LOCAL = Limits(file_bytes=50 * _MB)


@dataclass(frozen=True)
class SourceFile:
    """The bytes of a file as they came, its name without folders, and the limits it is read under."""

    name: str
    content: bytes
    limits: Limits = UPLOADED

    @property
    def sha256(self) -> str:
        """Fingerprint of the bytes."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def suffix(self) -> str:
        """Last part of the name with its dot, in small letters."""
        return PurePosixPath(self.name).suffix.lower()


def open_file(file: FileLike, limits: Limits | None = None) -> SourceFile:
    """Read a file that is not too large. Raises `ImportRefused`: file_missing, file_too_large, file_empty."""
    if isinstance(file, tuple):
        content, name = file[0], safe_name(file[1])
        limits = limits or UPLOADED
        _check_size(len(content), name, limits)
    else:
        path, limits = Path(file), limits or LOCAL
        name = safe_name(path.name)
        if not path.is_file():
            raise ImportRefused(reason="file_missing", file=name)
        _check_size(path.stat().st_size, name, limits)
        content = path.read_bytes()
    if not content.strip():
        raise ImportRefused(reason="file_empty", file=name)
    return SourceFile(name, content, limits)


def safe_name(name: str) -> str:
    """The last part of a file's name, without signs that control, hide or turn text; at most 120 characters."""
    last = (
        unicodedata.normalize("NFC", name[-_LONGEST_NAME:]).replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    )
    blanks = "".join(" " if sign.isspace() else sign for sign in last)
    seen = "".join(sign for sign in blanks if sign == " " or unicodedata.category(sign)[0] not in "CZ")
    plain = " ".join(_NOT_IN_A_NAME.sub("_", seen).split()).lstrip(".")
    suffix = PurePosixPath(plain).suffix if len(plain) > _NAME_LENGTH else ""
    suffix = suffix if len(suffix) <= _LONGEST_SUFFIX else ""
    return plain[: _NAME_LENGTH - len(suffix)] + suffix or "file"


def unpack_gzip(source: SourceFile) -> SourceFile:
    """Return the file inside a .gz (its members joined), never more of it than the limits allow; no .gz in a .gz."""
    limit = _unpacked_limit(len(source.content), source.limits)
    packed, parts, size = source.content, [], 0
    while packed.startswith(_GZIP) and len(parts) <= source.limits.members:
        inflater = zlib.decompressobj(wbits=31)
        try:
            parts.append(inflater.decompress(packed, limit + 1 - size))
        except zlib.error as error:
            raise ImportRefused(reason="archive_broken", file=source.name) from error
        size += len(parts[-1])
        if size > limit:
            raise _too_large(source, limit)
        if not inflater.eof:
            raise ImportRefused(reason="archive_broken", file=source.name)
        packed = inflater.unused_data.lstrip(b"\0")
    content = b"".join(parts)
    if packed or content.startswith(_GZIP):
        raise ImportRefused(reason="archive_unsafe", file=source.name, member=".gz")
    return SourceFile(source.name.removesuffix(".gz"), content, source.limits)


def check_archive(source: SourceFile) -> zipfile.ZipFile:
    """Open a zip (also xlsx, ods) after counting members and really unpacked bytes, and refusing links and paths out."""
    entries = source.content.count(_ENTRY)
    if entries > _FAR_TOO_MANY:
        raise _unsafe(source, f"{entries} > {source.limits.members}")
    try:
        archive = zipfile.ZipFile(io.BytesIO(source.content))
        members = archive.infolist()
        _check_members(members, source)
        _count_unpacked(archive, members, source)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
    ) as error:
        raise ImportRefused(reason="archive_broken", file=source.name) from error
    return archive


def _unsafe(source: SourceFile, member: str) -> ImportRefused:
    return ImportRefused(reason="archive_unsafe", file=source.name, member=member)


def _too_large(source: SourceFile, limit: int) -> ImportRefused:
    return ImportRefused(reason="unpacked_too_large", file=source.name, limit_mb=round(limit / _MB, 1))


def _check_size(size: int, name: str, limits: Limits) -> None:
    if size > limits.file_bytes:
        limit_mb = round(limits.file_bytes / _MB, 1)
        raise ImportRefused(
            reason="file_too_large", file=name, size_mb=round(size / _MB, 1), limit_mb=limit_mb
        )


def _unpacked_limit(packed: int, limits: Limits) -> int:
    return min(limits.unpacked_bytes, max(limits.small_bytes, packed * limits.ratio))


def _check_members(members: list[zipfile.ZipInfo], source: SourceFile) -> None:
    if len(members) > source.limits.members:
        raise _unsafe(source, f"{len(members)} > {source.limits.members}")
    seen: set[str] = set()
    for member in members:
        name = member.filename.replace("\\", "/").casefold()
        if name in seen or _is_outside(member.filename) or not _is_plain_file(member):
            raise _unsafe(source, safe_name(member.filename))
        seen.add(name)  # of two members with one name, two readers may take different ones


def _is_outside(name: str) -> bool:
    """Whether a member's name leads out of the folder in which it is unpacked; a colon is a drive or a stream."""
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name


def _is_plain_file(member: zipfile.ZipInfo) -> bool:
    kind = stat.S_IFMT(member.external_attr >> 16)
    is_file = kind in (0, stat.S_IFREG, stat.S_IFDIR)
    return is_file and not member.flag_bits & _ENCRYPTED and member.compress_type in _METHODS


def _count_unpacked(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], source: SourceFile) -> None:
    """Inflate everything once, because the sizes that an archive states about itself may be untrue."""
    limit = _unpacked_limit(len(source.content), source.limits)
    if sum(member.file_size for member in members) > limit:
        raise _too_large(source, limit)
    total = 0
    for member in members:
        with archive.open(member) as opened:
            while chunk := opened.read(_CHUNK):
                total += len(chunk)
                if total > limit:
                    raise _too_large(source, limit)
