"""How our columns are made, once: keys, references, choices, time stamps, JSON; and the naming of constraints."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

_BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_INNER_CAPITAL = re.compile(r"(?<=.)(?=[A-Z])")


class TableModel(SQLModel):
    """What every table is: named after its class, AreaSet becomes area_set."""

    __table__: ClassVar[sa.Table]

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805  # pyright: ignore[reportIncompatibleVariableOverride]
        """Name of the table."""
        return _INNER_CAPITAL.sub("_", cls.__name__.rstrip("_")).lower()


def key() -> Any:
    """Integer primary key (64 bits on PostgreSQL, rowid on SQLite)."""
    return Field(default=None, primary_key=True, sa_type=_BIG)


def reference(table: str) -> Any:
    """Indexed foreign key that must be given."""
    return Field(foreign_key=f"{table}.id", index=True, sa_type=_BIG)


def optional_reference(table: str) -> Any:
    """Indexed foreign key that may be empty."""
    return Field(default=None, foreign_key=f"{table}.id", index=True, sa_type=_BIG)


def bare_reference(table: str, *, is_optional: bool = False) -> Any:
    """Foreign key without an index of its own: in tables that are loaded in bulk and read whole."""
    return Field(default=None if is_optional else ..., foreign_key=f"{table}.id", sa_type=_BIG)


def part_of_key(table: str) -> Any:
    """Foreign key that is a part of the primary key."""
    return Field(foreign_key=f"{table}.id", primary_key=True, sa_type=_BIG)


def choice(*values: str, name: str, default: Any = ...) -> Any:
    """Text with a CHECK, never a native enumeration: a new value is one migration on every database."""
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=24)
    return Field(default=default, sa_type=kind)


def stamp() -> Any:
    """UTC time of writing."""
    return Field(default_factory=lambda: datetime.now(UTC))


def json_column() -> Any:
    """JSON document."""
    return Field(default=None, sa_type=sa.JSON)


def check(name: str, rule: str) -> sa.CheckConstraint:
    """Rule that the database itself holds."""
    return sa.CheckConstraint(rule, name=name)
