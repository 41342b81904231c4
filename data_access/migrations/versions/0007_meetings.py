"""meetings: ratings, focus places, decisions and what became of them, minutes, and to whom the report went

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from data_access.migrations import triggers

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
_TEXT, _TIME = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
_DECISIONS = ('open', 'done', 'not_done', 'moved', 'dropped')
_TABLES = (
    'meeting',
    'earlier_minutes',
    'rating',
    'focus',
    'decision',
    'decision_area',
    'decision_category',
    'decision_event',
    'meeting_recipient',
    'report_delivery',
)


def upgrade() -> None:
    _meeting()
    _earlier_minutes()
    _rating()
    _focus()
    _decision()
    _link('decision_area', 'area')
    _link('decision_category', 'category')
    _decision_event()
    _recipient()
    _delivery()
    triggers.install(op.get_bind())


def downgrade() -> None:
    for name in reversed(_TABLES):
        op.drop_table(name)
    triggers.install(op.get_bind())


def _meeting() -> None:
    op.create_table(
        'meeting',
        sa.Column('id', _BIG, nullable=False),
        sa.Column('area_set_id', _BIG, nullable=False),
        sa.Column('held_on', sa.Date(), nullable=False),
        sa.Column('first_day', sa.Date(), nullable=False),
        sa.Column('last_day', sa.Date(), nullable=False),
        sa.Column('status', _words('meeting_status', ('prepared', 'open', 'closed')), nullable=False),
        sa.Column('participants', _TEXT(length=600), nullable=False),
        sa.Column('note', _TEXT(length=600), nullable=False),
        sa.Column('minutes', sa.JSON(), nullable=True),
        sa.Column('closed_at', _TIME(), nullable=True),
        sa.Column('last_incident_id', sa.BigInteger(), nullable=True),
        sa.Column('revision', sa.Integer(), nullable=False),
        sa.Column('focus_revision', sa.Integer(), nullable=False),
        sa.Column('edits', sa.Integer(), nullable=False),
        sa.Column('created_at', _TIME(), nullable=False),
        _check('meeting', 'period', 'last_day >= first_day and held_on >= last_day'),
        _check('meeting', 'closed', "(status = 'closed') = (closed_at is not null)"),
        _refers('meeting', 'area_set_id', 'area_set'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting')),
        sa.UniqueConstraint('area_set_id', 'held_on', name=op.f('uq_meeting_area_set_id_held_on')),
        sqlite_autoincrement=True,
    )
    _index('meeting', 'area_set_id')


def _earlier_minutes() -> None:
    op.create_table(
        'earlier_minutes',
        sa.Column('id', _BIG, nullable=False),
        sa.Column('meeting_id', _BIG, nullable=False),
        sa.Column('minutes', sa.JSON(), nullable=False),
        sa.Column('closed_at', _TIME(), nullable=False),
        sa.Column('last_incident_id', sa.BigInteger(), nullable=False),
        sa.Column('reopened_at', _TIME(), nullable=False),
        sa.Column('actor', _TEXT(length=120), nullable=False),
        sa.Column('reason', _TEXT(length=300), nullable=False),
        _refers('earlier_minutes', 'meeting_id', 'meeting'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_earlier_minutes')),
        sqlite_autoincrement=True,
    )
    _index('earlier_minutes', 'meeting_id')


def _rating() -> None:
    op.create_table(
        'rating',
        sa.Column('meeting_id', _BIG, nullable=False),
        sa.Column('area_id', _BIG, nullable=False),
        sa.Column('level', sa.Integer(), nullable=False),
        sa.Column('reason', _TEXT(length=300), nullable=False),
        sa.Column('revision', sa.Integer(), nullable=False),
        _check('rating', 'level', 'level between 1 and 3'),
        _refers('rating', 'meeting_id', 'meeting'),
        _refers('rating', 'area_id', 'area'),
        sa.PrimaryKeyConstraint('meeting_id', 'area_id', name=op.f('pk_rating')),
    )


def _focus() -> None:
    op.create_table(
        'focus',
        sa.Column('meeting_id', _BIG, nullable=False),
        sa.Column('rank', sa.Integer(), nullable=False),
        sa.Column('area_id', _BIG, nullable=False),
        sa.Column('why', _TEXT(length=300), nullable=False),
        _check('focus', 'rank', 'rank between 1 and 5'),
        _refers('focus', 'meeting_id', 'meeting'),
        _refers('focus', 'area_id', 'area'),
        sa.PrimaryKeyConstraint('meeting_id', 'rank', name=op.f('pk_focus')),
        sa.UniqueConstraint('meeting_id', 'area_id', name=op.f('uq_focus_meeting_id_area_id')),
    )
    _index('focus', 'area_id')


def _decision() -> None:
    op.create_table(
        'decision',
        sa.Column('id', _BIG, nullable=False),
        sa.Column('meeting_id', _BIG, nullable=False),
        sa.Column('organisation_id', _BIG, nullable=False),
        sa.Column('intervention_id', _BIG, nullable=True),
        sa.Column('what', _TEXT(length=300), nullable=False),
        sa.Column('place', _TEXT(length=160), nullable=False),
        sa.Column('person', _TEXT(length=120), nullable=False),
        sa.Column('deadline', sa.Date(), nullable=True),
        sa.Column('status', _words('decision_status', _DECISIONS), nullable=False),
        sa.Column('revision', sa.Integer(), nullable=False),
        sa.Column('created_at', _TIME(), nullable=False),
        _refers('decision', 'meeting_id', 'meeting'),
        _refers('decision', 'organisation_id', 'organisation'),
        _refers('decision', 'intervention_id', 'intervention'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_decision')),
        sqlite_autoincrement=True,
    )
    for name in ('meeting_id', 'organisation_id', 'intervention_id'):
        _index('decision', name)


def _link(table: str, other: str) -> None:
    op.create_table(
        table,
        sa.Column('decision_id', _BIG, nullable=False),
        sa.Column(f'{other}_id', _BIG, nullable=False),
        _refers(table, 'decision_id', 'decision'),
        _refers(table, f'{other}_id', other),
        sa.PrimaryKeyConstraint('decision_id', f'{other}_id', name=op.f(f'pk_{table}')),
    )


def _decision_event() -> None:
    op.create_table(
        'decision_event',
        sa.Column('id', _BIG, nullable=False),
        sa.Column('decision_id', _BIG, nullable=False),
        sa.Column('meeting_id', _BIG, nullable=True),
        sa.Column('at', _TIME(), nullable=False),
        sa.Column('actor', _TEXT(length=120), nullable=False),
        sa.Column('status', _words('decision_status', _DECISIONS), nullable=False),
        sa.Column('reason', _TEXT(length=300), nullable=False),
        sa.Column('deadline', sa.Date(), nullable=True),
        _refers('decision_event', 'decision_id', 'decision'),
        _refers('decision_event', 'meeting_id', 'meeting'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_decision_event')),
        sqlite_autoincrement=True,
    )
    for name in ('decision_id', 'meeting_id'):
        _index('decision_event', name)


def _recipient() -> None:
    op.create_table(
        'meeting_recipient',
        sa.Column('id', _BIG, nullable=False),
        sa.Column('organisation_id', _BIG, nullable=False),
        sa.Column('email', _TEXT(length=254), nullable=False),
        sa.Column('is_active', sa.Boolean(), nullable=False),
        _refers('meeting_recipient', 'organisation_id', 'organisation'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_recipient')),
        sa.UniqueConstraint('email', name=op.f('uq_meeting_recipient_email')),
    )
    _index('meeting_recipient', 'organisation_id')


def _delivery() -> None:
    op.create_table(
        'report_delivery',
        sa.Column('id', _BIG, nullable=False),
        sa.Column('meeting_id', _BIG, nullable=False),
        sa.Column('recipient', _TEXT(length=254), nullable=False),
        sa.Column('organisation_id', _BIG, nullable=False),
        sa.Column('kind', _words('delivery_kind', ('pdf+html',)), nullable=False),
        sa.Column('status', _words('delivery_status', ('sending', 'sent', 'failed')), nullable=False),
        sa.Column('attempts', sa.Integer(), nullable=False),
        sa.Column('last_error', _TEXT(length=200), nullable=False),
        sa.Column('claimed_at', _TIME(), nullable=False),
        sa.Column('sent_at', _TIME(), nullable=True),
        _check('report_delivery', 'attempts', 'attempts between 1 and 5'),
        _refers('report_delivery', 'meeting_id', 'meeting'),
        _refers('report_delivery', 'organisation_id', 'organisation'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_report_delivery')),
        sa.UniqueConstraint('meeting_id', 'recipient', name=op.f('uq_report_delivery_meeting_id_recipient')),
    )
    for name in ('meeting_id', 'organisation_id'):
        _index('report_delivery', name)


def _words(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=24)


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f'ck_{table}_{name}'))


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f'{other}.id'], name=op.f(f'fk_{table}_{column}_{other}'))


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f'ix_{table}_{column}'), table, [column])
