"""How large a file may be, and opening one without trusting it."""

from __future__ import annotations

import hashlib
import io
import stat
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from data_access.importers.errors import ImportRefused

_MB = 1024**2
_CHUNK = 1 << 20
_ENCRYPTED = 0x1

FileLike = Path | str | tuple[bytes, str]
"""A path on this machine, or the bytes and the name of an uploaded file."""


@dataclass(frozen=True)
class Limits:
    """What is read at most; the ratio counts only beyond `small_bytes`, where a bomb begins to matter."""

    file_bytes: int = 10 * _MB
    unpacked_bytes: int = 50 * _MB
    ratio: int = 100
    small_bytes: int = 2 * _MB
    members: int = 100
    rows: int = 200_000
    columns: int = 200
    cell_characters: int = 10_000


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
        content, name = file
        limits = limits or UPLOADED
        _check_size(len(content), name, limits)
    else:
        path, limits = Path(file), limits or LOCAL
        if not path.is_file():
            raise ImportRefused(reason="file_missing", file=path.name)
        _check_size(path.stat().st_size, path.name, limits)
        content, name = path.read_bytes(), path.name
    if not content.strip():
        raise ImportRefused(reason="file_empty", file=name)
    return SourceFile(name.replace("\\", "/").rsplit("/", 1)[-1], content, limits)


def unpack_gzip(source: SourceFile) -> SourceFile:
    """Return the file inside a .gz, never more of it than the limits allow."""
    limit = _unpacked_limit(len(source.content), source.limits)
    inflater = zlib.decompressobj(wbits=31)
    try:
        content = inflater.decompress(source.content, limit + 1)
    except zlib.error as error:
        raise ImportRefused(reason="archive_broken", file=source.name) from error
    if len(content) > limit:
        raise ImportRefused(reason="unpacked_too_large", file=source.name, limit_mb=round(limit / _MB, 1))
    return SourceFile(source.name.removesuffix(".gz"), content, source.limits)


def check_archive(source: SourceFile) -> zipfile.ZipFile:
    """Open a zip (also xlsx, ods) after counting members and really unpacked bytes, and refusing links and paths out."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(source.content))
        members = archive.infolist()
        _check_members(members, source)
        _count_unpacked(archive, members, source)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise ImportRefused(reason="archive_broken", file=source.name) from error
    return archive


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
        raise ImportRefused(
            reason="archive_unsafe", file=source.name, member=f"{len(members)} > {source.limits.members}"
        )
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        is_link = stat.S_ISLNK(member.external_attr >> 16)
        if is_link or path.is_absolute() or ".." in path.parts or member.flag_bits & _ENCRYPTED:
            raise ImportRefused(reason="archive_unsafe", file=source.name, member=member.filename[:100])


def _count_unpacked(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], source: SourceFile) -> None:
    """Inflate everything once, because the sizes that an archive states about itself may be untrue."""
    limit = _unpacked_limit(len(source.content), source.limits)
    total = sum(member.file_size for member in members)
    for member in members if total <= limit else ():
        with archive.open(member) as opened:
            while chunk := opened.read(_CHUNK):
                total += len(chunk)
        total -= member.file_size
    if total > limit:
        raise ImportRefused(reason="unpacked_too_large", file=source.name, limit_mb=round(limit / _MB, 1))
