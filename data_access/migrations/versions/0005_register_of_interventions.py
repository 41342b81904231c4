"""the register of interventions: why, for what goal, at what cost; what was delivered, changed and looked at

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from data_access.migrations import triggers

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
_TEXT, _TIME = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
_WORDS = {'approach': ('situational', 'social'), 'horizon': ('short', 'long')}
_TEXTS = {
    'problem': 600,
    'cause': 600,
    'goal': 300,
    'responsible': 120,
    'dose_unit': 40,
    'decided_in': 200,
    'finding': 200,
    'plan': 200,
    'comparison_reason': 300,
}
_LIMITS = {'goal_pct': (1, 100), 'cost_sek': (0, 2_000_000_000), 'ring_m': (50, 2000), 'detectable_pct': (0, 1000)}


def upgrade() -> None:
    _register()
    op.create_table(
        'intervention_comparison',
        sa.Column('intervention_id', _BIG, nullable=False),
        sa.Column('area_id', _BIG, nullable=False),
        sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_intervention_comparison_area_id_area')),
        _of_intervention('intervention_comparison'),
        sa.PrimaryKeyConstraint('intervention_id', 'area_id', name=op.f('pk_intervention_comparison')),
    )
    op.create_table(
        'dose',
        sa.Column('intervention_id', _BIG, nullable=False),
        sa.Column('week', sa.Date(), nullable=False),
        sa.Column('amount', sa.Float(), nullable=False),
        sa.CheckConstraint('amount >= 0', name=op.f('ck_dose_amount')),
        _of_intervention('dose'),
        sa.PrimaryKeyConstraint('intervention_id', 'week', name=op.f('pk_dose')),
    )
    op.create_table(
        'intervention_change',
        sa.Column('id', _BIG, nullable=False),
        sa.Column('intervention_id', _BIG, nullable=False),
        sa.Column('at', _TIME(), nullable=False),
        sa.Column('actor', _TEXT(length=120), nullable=False),
        sa.Column('field', _TEXT(length=40), nullable=False),
        sa.Column('before', _TEXT(), nullable=False),
        sa.Column('after', _TEXT(), nullable=False),
        sa.Column('is_after_start', sa.Boolean(), nullable=False),
        _of_intervention('intervention_change'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_intervention_change')),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_intervention_change_intervention_id'), 'intervention_change', ['intervention_id'])
    op.create_table(
        'intervention_look',
        sa.Column('intervention_id', _BIG, nullable=False),
        sa.Column('last_week', sa.Date(), nullable=False),
        sa.Column('at', _TIME(), nullable=False),
        _of_intervention('intervention_look'),
        sa.PrimaryKeyConstraint('intervention_id', 'last_week', name=op.f('pk_intervention_look')),
    )
    triggers.install(op.get_bind())


def downgrade() -> None:
    for name in ('intervention_look', 'intervention_change', 'dose', 'intervention_comparison'):
        op.drop_table(name)
    with op.batch_alter_table('intervention') as table:
        for name in (*_WORDS, *_LIMITS):
            table.drop_constraint(op.f(f'ck_intervention_{name}'), type_='check')
        for name in ('polygon_wkb', 'revision', *_WORDS, *_TEXTS, *_LIMITS):
            table.drop_column(name)
    triggers.install(op.get_bind())


def _register() -> None:
    with _batch() as table:
        for name, words in _WORDS.items():
            table.add_column(sa.Column(name, sa.String(24), nullable=False, server_default=words[0]))
            allowed = ', '.join(f"'{word}'" for word in words)
            table.create_check_constraint(op.f(f'ck_intervention_{name}'), f'{name} IN ({allowed})')
        for name, length in _TEXTS.items():
            table.add_column(sa.Column(name, _TEXT(length=length), nullable=False, server_default=''))
        for name, (low, high) in _LIMITS.items():
            kind = sa.Float() if name == 'detectable_pct' else sa.Integer()
            table.add_column(sa.Column(name, kind, nullable=True))
            table.create_check_constraint(op.f(f'ck_intervention_{name}'), f'{name} is null or {name} between {low} and {high}')
        table.add_column(sa.Column('polygon_wkb', sa.LargeBinary(), nullable=True))
        table.add_column(sa.Column('revision', sa.Integer(), nullable=False, server_default='1'))
    with _batch() as table:
        for name in (*_WORDS, *_TEXTS, 'revision'):
            table.alter_column(name, server_default=None)


def _batch():
    """SQLite makes the table anew, and from now on gives no number twice."""
    return op.batch_alter_table('intervention', table_kwargs={'sqlite_autoincrement': True})


def _of_intervention(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f'fk_{table}_intervention_id_intervention')
    return sa.ForeignKeyConstraint(['intervention_id'], ['intervention.id'], name=name)
