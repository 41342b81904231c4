"""persons, memberships and sessions; settings of the municipality; an audit log that is bound together

Revision ID: 0004
Revises: 0003
"""

from types import SimpleNamespace

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from data_access.audit import row_sha256
from data_access.migrations import triggers

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
_TEXT, _TIME = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
_ROLES = ('admin', 'coordinator', 'analyst', 'reporter', 'police', 'housing', 'presenter')
_CADENCES = ('weekly', 'every_second_week', 'twice_a_month')
_SETTINGS = ('meeting_cadence', 'contact', 'smallest_count', 'session_hours', 'idle_minutes', 'audit_sha256')
_LIMITS = {
    'smallest_count': 'smallest_count between 5 and 20',
    'session_hours': 'session_hours between 1 and 12',
    'idle_minutes': 'idle_minutes between 5 and 60',
}


def upgrade() -> None:
    _persons()
    _settings()
    triggers.remove(op.get_bind())
    op.add_column('audit_log', sa.Column('actor_id', sa.BigInteger(), nullable=True))
    for name in ('previous_sha256', 'sha256'):
        op.add_column('audit_log', sa.Column(name, _TEXT(length=64), nullable=False, server_default=''))
    _bind_together()
    triggers.install(op.get_bind())


def downgrade() -> None:
    triggers.remove(op.get_bind())
    for name in ('sha256', 'previous_sha256', 'actor_id'):
        op.drop_column('audit_log', name)
    with op.batch_alter_table('municipality') as table:
        for name in (*_LIMITS, 'meeting_cadence'):
            table.drop_constraint(op.f(f'ck_municipality_{name}'), type_='check')
        for name in _SETTINGS:
            table.drop_column(name)
    for name in ('user_session', 'membership_area', 'membership', 'user'):
        op.drop_table(name)
    triggers.install(op.get_bind())


def _persons() -> None:
    op.create_table(
        'user',
        sa.Column('id', _BIG, nullable=False),
        sa.Column('issuer', _TEXT(length=255), nullable=False),
        sa.Column('subject', _TEXT(length=255), nullable=False),
        sa.Column('name', _TEXT(length=120), nullable=False),
        sa.Column('email', _TEXT(length=254), nullable=False),
        sa.Column('is_blocked', sa.Boolean(), nullable=False),
        sa.Column('created_at', _TIME(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_user')),
        sa.UniqueConstraint('issuer', 'subject', name=op.f('uq_user_issuer_subject')),
    )
    op.create_table(
        'membership',
        sa.Column('id', _BIG, nullable=False),
        sa.Column('user_id', _BIG, nullable=False),
        sa.Column('organisation_id', _BIG, nullable=False),
        sa.Column('role', _words('member_role', _ROLES), nullable=False),
        sa.Column('valid_from', sa.Date(), nullable=False),
        sa.Column('valid_to', sa.Date(), nullable=True),
        sa.Column('created_at', _TIME(), nullable=False),
        sa.CheckConstraint('valid_to is null or valid_to >= valid_from', name=op.f('ck_membership_period')),
        sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_membership_organisation_id_organisation')),
        sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_membership_user_id_user')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_membership')),
    )
    for name in ('organisation_id', 'user_id'):
        op.create_index(op.f(f'ix_membership_{name}'), 'membership', [name])
    op.create_table(
        'membership_area',
        sa.Column('membership_id', _BIG, nullable=False),
        sa.Column('area_set_name', _TEXT(length=120), nullable=False),
        sa.Column('area_code', _TEXT(length=40), nullable=False),
        sa.ForeignKeyConstraint(['membership_id'], ['membership.id'], name=op.f('fk_membership_area_membership_id_membership')),
        sa.PrimaryKeyConstraint('membership_id', 'area_set_name', 'area_code', name=op.f('pk_membership_area')),
    )
    op.create_table(
        'user_session',
        sa.Column('id', _BIG, nullable=False),
        sa.Column('key_sha256', _TEXT(length=64), nullable=False),
        sa.Column('user_id', _BIG, nullable=False),
        sa.Column('membership_id', _BIG, nullable=True),
        sa.Column('started_at', _TIME(), nullable=False),
        sa.Column('used_at', _TIME(), nullable=False),
        sa.Column('ended_at', _TIME(), nullable=True),
        sa.ForeignKeyConstraint(['membership_id'], ['membership.id'], name=op.f('fk_user_session_membership_id_membership')),
        sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_user_session_user_id_user')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_user_session')),
        sa.UniqueConstraint('key_sha256', name=op.f('uq_user_session_key_sha256')),
        sqlite_autoincrement=True,
    )
    for name in ('membership_id', 'user_id'):
        op.create_index(op.f(f'ix_user_session_{name}'), 'user_session', [name])


def _settings() -> None:
    with op.batch_alter_table('municipality') as table:
        table.add_column(sa.Column('meeting_cadence', sa.String(24), nullable=False, server_default='weekly'))
        table.add_column(sa.Column('contact', _TEXT(length=200), nullable=False, server_default=''))
        table.add_column(sa.Column('smallest_count', sa.Integer(), nullable=False, server_default='5'))
        table.add_column(sa.Column('session_hours', sa.Integer(), nullable=False, server_default='12'))
        table.add_column(sa.Column('idle_minutes', sa.Integer(), nullable=False, server_default='60'))
        table.add_column(sa.Column('audit_sha256', _TEXT(length=64), nullable=False, server_default=''))
        allowed = ', '.join(f"'{word}'" for word in _CADENCES)
        table.create_check_constraint(op.f('ck_municipality_meeting_cadence'), f'meeting_cadence IN ({allowed})')
        for name, rule in _LIMITS.items():
            table.create_check_constraint(op.f(f'ck_municipality_{name}'), rule)
    with op.batch_alter_table('municipality') as table:
        for name in _SETTINGS:
            table.alter_column(name, server_default=None)


def _words(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=24)


def _bind_together() -> None:
    """Give the rows that are there the hashes that they would have been written with."""
    log = sa.table(
        'audit_log',
        *(sa.column(name) for name in ('id', 'actor', 'actor_id', 'action', 'subject', 'previous_sha256', 'sha256')),
        sa.column('at', _TIME()),
        sa.column('details', sa.JSON()),
    )
    connection, previous = op.get_bind(), ''
    for row in connection.execute(sa.select(log).order_by(log.c.id)).mappings().all():
        bound = {'previous_sha256': previous}
        bound['sha256'] = previous = row_sha256(SimpleNamespace(**{**row, **bound}))
        connection.execute(log.update().where(log.c.id == row['id']).values(bound))
    connection.execute(sa.text('UPDATE municipality SET audit_sha256 = :newest'), {'newest': previous})
