from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
import pytest
import sqlalchemy as sa
from sqlmodel import col, func, select

from data_access.arrow_types import arrow_type
from data_access.engines.duckdb import DuckDB, duckdb_over
from data_access.engines.sql import Sql
from data_access.models import Area, AreaSet, Category, CategoryGroup, Incident, IncidentArea, Organisation
from data_access.snapshot import current
from tests.data_access.snapshots import add

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Select

    from data_access.database import Database
    from data_access.engines import Engine

I = Incident  # noqa: E741 - short in the questions below
QUESTIONS: dict[str, Select[Any]] = {
    "every kind of column": select(
        col(I.id),
        col(I.occurred_from),
        col(I.local_date),
        col(I.local_hour),
        col(I.x),
        col(I.police_reported),
    ).order_by(col(I.id)),
    "true and false": select(col(Category.code), col(Category.is_hidden)).order_by(col(Category.code)),
    "sums and means": select(
        func.sum(I.local_weekday).label("sum"),
        func.avg(I.x, type_=sa.Float).label("mean"),
        func.max(I.local_week).label("last"),
    ),
    "no rows": select(col(I.id), col(I.x), col(I.local_date)).where(col(I.id) < 0),
    "only nulls": select(func.max(I.x).label("x"), func.min(I.local_date).label("day")).where(col(I.id) < 0),
    "values of every kind": select(func.count().label("n"))
    .select_from(I)
    .where(
        col(I.local_date) >= date(2026, 1, 6),
        col(I.x) > 600_500.0,
        col(I.police_reported).in_(["yes", "no"]),
        col(I.category_id).in_([]).is_(other=False),
    ),
    "the same value twice": select(func.count().label("n")).where(
        (col(I.local_hour) == 10) | (col(I.local_weekday) == 10)  # one parameter each
    ),
}


def in_both(database: Database) -> list[Engine]:
    return [Sql(database), DuckDB(current(database))]


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_the_database_and_duckdb_give_the_same_table(small: Database, question: Select[Any]) -> None:
    current(small)
    add(small, 1)  # a piece of fresh rows
    by_database, by_duckdb = (engine.fetch(question) for engine in in_both(small))
    assert by_duckdb.schema == by_database.schema
    assert by_duckdb.to_pylist() == by_database.to_pylist()


@pytest.mark.parametrize("model", [Area, AreaSet, Category, CategoryGroup, Organisation, IncidentArea])
def test_every_table_is_there(sample: Database, model: Any) -> None:
    question = select(func.count().label("n")).select_from(model)
    by_database, by_duckdb = (engine.fetch(question).to_pylist() for engine in in_both(sample))
    assert by_database == by_duckdb != [{"n": 0}]


def test_texts_in_questions_are_values_never_sql(small: Database) -> None:
    nasty = "'; DROP VIEW incident; --"
    question = select(func.count().label("n")).where(
        col(Organisation.name).in_([nasty, "Polisen", "$1", "%s"])
    )
    assert [engine.fetch(question).to_pylist() for engine in in_both(small)] == [[{"n": 1}]] * 2


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_csv('{folder}/other.csv')",
        "SELECT * FROM read_parquet('{folder}/small.db.snapshot/*.parquet')",
        "COPY (SELECT 1) TO '{folder}/new.csv'",
        "ATTACH '{folder}/new.duckdb'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET allowed_paths = ['{folder}']",
        "SELECT * FROM secret",
    ],
)
def test_duckdb_reaches_nothing_but_the_files_of_the_snapshot(
    small: Database, tmp_path: Path, statement: str
) -> None:
    (tmp_path / "other.csv").write_text("a\n1\n")
    secret = pa.table({"a": [1]})
    connection = DuckDB(current(small))._connection.cursor()
    with pytest.raises(duckdb.Error):
        connection.sql(statement.format(folder=tmp_path)).fetchall()
    assert secret.num_rows == 1
    assert not list(tmp_path.glob("new.*"))


def test_several_threads_may_ask_at_once(sample: Database) -> None:
    engine = DuckDB(current(sample))
    questions = [
        select(func.count().label("n")).where(col(Incident.local_weekday) == day) for day in range(7)
    ]
    alone = [engine.fetch(question).to_pylist() for question in questions]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda question: engine.fetch(question).to_pylist(), questions * 3)) == alone * 3


def test_an_engine_is_made_once_per_snapshot(small: Database) -> None:
    before = duckdb_over(current(small))
    assert duckdb_over(current(small)) is before
    add(small, 1)
    assert duckdb_over(current(small)) is not before


@pytest.mark.parametrize("is_open", [True, False])
def test_files_that_are_gone_are_missed(small: Database, *, is_open: bool) -> None:
    found = current(small)
    engine = duckdb_over(found) if is_open else None
    shutil.rmtree(found.folder)
    with pytest.raises(FileNotFoundError):
        (engine or duckdb_over(found)).fetch(select(func.count().label("n")).select_from(Incident))


def test_types_that_no_engine_knows_are_refused() -> None:
    assert arrow_type(sa.BigInteger()) == pa.int64()
    with pytest.raises(TypeError, match="JSON"):
        arrow_type(sa.JSON())
