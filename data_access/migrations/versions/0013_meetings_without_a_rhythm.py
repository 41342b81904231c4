"""meetings without a rhythm of their own

Revision ID: 0013
Revises: 0008
"""

from alembic import op

from data_access.migrations import triggers

revision = '0013'
down_revision = '0008'
branch_labels = None
depends_on = None

_RHYTHMS = ('weekly', 'every_second_week', 'twice_a_month')
_RULE = 'ck_municipality_meeting_cadence'


def upgrade() -> None:
    _allow((*_RHYTHMS, 'custom'))


def downgrade() -> None:
    op.execute("update municipality set meeting_cadence = 'weekly' where meeting_cadence = 'custom'")
    _allow(_RHYTHMS)


def _allow(words: tuple[str, ...]) -> None:
    allowed = ', '.join(f"'{word}'" for word in words)
    with op.batch_alter_table('municipality') as table:
        table.drop_constraint(op.f(_RULE), type_='check')
        table.create_check_constraint(op.f(_RULE), f'meeting_cadence IN ({allowed})')
    triggers.install(op.get_bind())
