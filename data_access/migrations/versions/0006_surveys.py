"""surveys: what is asked, the rounds in which it was asked, and the cells that were published of them

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from data_access.migrations import triggers

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
_TEXT, _TIME = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
_INSTRUMENTS = ('youth', 'safety')


def upgrade() -> None:
    _indicator()
    _wave()
    op.create_table(
        'survey_wave_area',
        sa.Column('wave_id', _BIG, nullable=False),
        sa.Column('area_code', _TEXT(length=40), nullable=False),
        sa.Column('invited', sa.Integer(), nullable=True),
        sa.Column('responded', sa.Integer(), nullable=True),
        sa.Column('is_partner', sa.Boolean(), nullable=False),
        sa.CheckConstraint('responded is null or responded >= 10', name=op.f('ck_survey_wave_area_responded')),
        _reference('survey_wave_area', 'wave_id', 'survey_wave'),
        sa.PrimaryKeyConstraint('wave_id', 'area_code', name=op.f('pk_survey_wave_area')),
    )
    _release()
    triggers.install(op.get_bind())


def downgrade() -> None:
    for name in ('survey_release', 'survey_wave_area', 'survey_wave', 'survey_indicator'):
        op.drop_table(name)
    triggers.install(op.get_bind())


def _indicator() -> None:
    op.create_table(
        'survey_indicator',
        sa.Column('id', _BIG, nullable=False),
        sa.Column('instrument', _words('instrument', _INSTRUMENTS), nullable=False),
        sa.Column('code', _TEXT(length=60), nullable=False),
        sa.Column('level', _TEXT(length=20), nullable=False),
        sa.Column('polarity', _words('polarity', ('risk', 'protective', 'context')), nullable=False),
        sa.Column('scale', _words('scale', ('share', 'index')), nullable=False),
        sa.Column('at_risk_from', sa.Float(), nullable=True),
        sa.Column('has_follow_ups', sa.Boolean(), nullable=False),
        sa.Column('is_of_some', sa.Boolean(), nullable=False),
        sa.Column('name_sv', _TEXT(length=120), nullable=False),
        sa.Column('name_en', _TEXT(length=120), nullable=False),
        sa.Column('source', _TEXT(length=120), nullable=False),
        sa.Column('rank', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_indicator')),
        sa.UniqueConstraint('instrument', 'code', name=op.f('uq_survey_indicator_instrument_code')),
    )


def _wave() -> None:
    op.create_table(
        'survey_wave',
        sa.Column('id', _BIG, nullable=False),
        sa.Column('instrument', _words('instrument', _INSTRUMENTS), nullable=False),
        sa.Column('name', _TEXT(length=120), nullable=False),
        sa.Column('edition', sa.Integer(), nullable=False),
        sa.Column('year', sa.Integer(), nullable=False),
        sa.Column('first_day', sa.Date(), nullable=False),
        sa.Column('last_day', sa.Date(), nullable=False),
        sa.Column('area_set_id', _BIG, nullable=True),
        sa.Column('frame', _TEXT(length=200), nullable=False),
        sa.Column('purpose', _TEXT(length=200), nullable=False),
        sa.Column('retention', _TEXT(length=200), nullable=False),
        sa.Column('reading', sa.JSON(), nullable=False),
        sa.Column('fingerprint', _TEXT(length=64), nullable=False),
        sa.Column('created_at', _TIME(), nullable=False),
        sa.CheckConstraint('edition >= 1', name=op.f('ck_survey_wave_edition')),
        sa.CheckConstraint('last_day >= first_day', name=op.f('ck_survey_wave_days')),
        _reference('survey_wave', 'area_set_id', 'area_set'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_wave')),
        sa.UniqueConstraint(
            'instrument', 'name', 'edition', name=op.f('uq_survey_wave_instrument_name_edition')
        ),
    )
    op.create_index(op.f('ix_survey_wave_area_set_id'), 'survey_wave', ['area_set_id'])


def _release() -> None:
    op.create_table(
        'survey_release',
        sa.Column('wave_id', _BIG, nullable=False),
        sa.Column('indicator_id', _BIG, nullable=False),
        sa.Column('measure', _TEXT(length=24), nullable=False),
        sa.Column('breakdown', _TEXT(length=24), nullable=False),
        sa.Column('group_code', _TEXT(length=24), nullable=False),
        sa.Column('area_code', _TEXT(length=40), nullable=False),
        sa.Column('state', _words('release_state', ('shown', 'hidden', 'suppressed_at_source')), nullable=False),
        sa.Column('is_partner', sa.Boolean(), nullable=False),
        sa.Column('n', sa.Integer(), nullable=True),
        sa.Column('amount', sa.Integer(), nullable=True),
        sa.CheckConstraint('n is null or n >= 10', name=op.f('ck_survey_release_n')),
        sa.CheckConstraint(
            'amount is null or amount between 0 and 6 * n', name=op.f('ck_survey_release_amount')
        ),
        sa.CheckConstraint(
            "(state = 'shown') = (n is not null) and (n is null) = (amount is null)",
            name=op.f('ck_survey_release_told'),
        ),
        _reference('survey_release', 'wave_id', 'survey_wave'),
        _reference('survey_release', 'indicator_id', 'survey_indicator'),
        sa.PrimaryKeyConstraint(
            'wave_id', 'indicator_id', 'measure', 'breakdown', 'group_code', 'area_code',
            name=op.f('pk_survey_release'),
        ),
    )


def _words(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=24)


def _reference(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f'{other}.id'], name=op.f(f'fk_{table}_{column}_{other}'))
