"""when facts were last rewritten; ids of incidents that never come again

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from data_access.migrations import triggers

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.add_column('municipality', sa.Column('facts_epoch', sa.Integer(), nullable=False, server_default='0'))
    _rebuild_incident(sqlite_autoincrement=True)
    triggers.install(op.get_bind())


def downgrade() -> None:
    op.drop_column('municipality', 'facts_epoch')
    _rebuild_incident(sqlite_autoincrement=False)
    triggers.install(op.get_bind())


def _rebuild_incident(*, sqlite_autoincrement: bool) -> None:
    """SQLite decides at creation whether ids come again: the table is made anew and filled, row by row the same.

    Foreign keys are off while a database is upgraded (`Database.upgrade`), so the rows that refer to it stay.
    """
    if op.get_bind().dialect.name != 'sqlite':
        return
    op.create_table('incident_anew', *_incident_columns(), sqlite_autoincrement=sqlite_autoincrement)
    op.execute('INSERT INTO incident_anew SELECT * FROM incident ORDER BY id')
    op.drop_table('incident')
    op.rename_table('incident_anew', 'incident')


_WORDS = {
    'time_precision': ('exact', 'interval', 'date'),
    'place_precision': ('point', 'stand_in', 'area', 'none'),
    'certainty': ('seen', 'told', 'suspected', 'unknown'),
    'police_reported': ('yes', 'no', 'unknown'),
}


def _words(name: str) -> sa.Column[str]:
    kind = sa.Enum(*_WORDS[name], name=name, native_enum=False, create_constraint=False, length=24)
    return sa.Column(name, kind, nullable=False)


def _only(name: str) -> sa.CheckConstraint:
    """By its name in the final table; an Enum would name it after the table that is being made."""
    allowed = ', '.join(f"'{word}'" for word in _WORDS[name])
    return sa.CheckConstraint(f'{name} IN ({allowed})', name=op.f(f'ck_incident_{name}'))


def _incident_columns() -> list[sa.schema.SchemaItem]:
    text, time = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
    return [
        sa.Column('id', _BIG, nullable=False),
        sa.Column('organisation_id', _BIG, nullable=False),
        sa.Column('category_id', _BIG, nullable=False),
        sa.Column('own_code', text(length=200), nullable=True),
        sa.Column('occurred_from', time(), nullable=False),
        sa.Column('occurred_to', time(), nullable=False),
        _words('time_precision'),
        sa.Column('local_date', sa.Date(), nullable=False),
        sa.Column('local_week', sa.Date(), nullable=False),
        sa.Column('local_weekday', sa.Integer(), nullable=False),
        sa.Column('local_hour', sa.Integer(), nullable=True),
        sa.Column('x', sa.Float(), nullable=True),
        sa.Column('y', sa.Float(), nullable=True),
        _words('place_precision'),
        sa.Column('area_code', text(length=40), nullable=True),
        _words('certainty'),
        _words('police_reported'),
        sa.Column('severity', sa.Integer(), nullable=True),
        sa.Column('note', text(length=280), nullable=True),
        sa.Column('source', text(length=80), nullable=False),
        sa.Column('source_key', text(length=120), nullable=False),
        sa.Column('batch_id', _BIG, nullable=True),
        sa.Column('created_at', time(), nullable=False),
        *(_only(name) for name in _WORDS),
        sa.CheckConstraint('(x is null) = (y is null)', name=op.f('ck_incident_point')),
        sa.CheckConstraint('note is null or length(note) <= 280', name=op.f('ck_incident_note')),
        sa.CheckConstraint('occurred_to >= occurred_from', name=op.f('ck_incident_interval')),
        sa.CheckConstraint('severity is null or severity between 1 and 5', name=op.f('ck_incident_severity')),
        sa.ForeignKeyConstraint(
            ['batch_id'], ['import_batch.id'], name=op.f('fk_incident_batch_id_import_batch')
        ),
        sa.ForeignKeyConstraint(['category_id'], ['category.id'], name=op.f('fk_incident_category_id_category')),
        sa.ForeignKeyConstraint(
            ['organisation_id'], ['organisation.id'], name=op.f('fk_incident_organisation_id_organisation')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_incident')),
        sa.UniqueConstraint(
            'organisation_id',
            'source',
            'source_key',
            name=op.f('uq_incident_organisation_id_source_source_key'),
        ),
    ]
