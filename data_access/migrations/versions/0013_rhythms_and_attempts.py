"""meetings without a rhythm of their own; a report that did not go out can be sent as often as it takes

Revision ID: 0013
Revises: 0010
"""

from alembic import op

from data_access.migrations import triggers

revision = '0013'
down_revision = '0010'
branch_labels = None
depends_on = None

_RHYTHMS = ('weekly', 'every_second_week', 'twice_a_month')
_RULE = 'ck_municipality_meeting_cadence'
_ATTEMPTS = 'ck_report_delivery_attempts'


def upgrade() -> None:
    _allow((*_RHYTHMS, 'custom'))
    _limit('attempts >= 1')


def downgrade() -> None:
    op.execute("update municipality set meeting_cadence = 'weekly' where meeting_cadence = 'custom'")
    _allow(_RHYTHMS)
    op.execute('update report_delivery set attempts = 5 where attempts > 5')
    _limit('attempts between 1 and 5')


def _allow(words: tuple[str, ...]) -> None:
    allowed = ', '.join(f"'{word}'" for word in words)
    with op.batch_alter_table('municipality') as table:
        table.drop_constraint(op.f(_RULE), type_='check')
        table.create_check_constraint(op.f(_RULE), f'meeting_cadence IN ({allowed})')
    triggers.install(op.get_bind())


def _limit(rule: str) -> None:
    with op.batch_alter_table('report_delivery') as table:
        table.drop_constraint(op.f(_ATTEMPTS), type_='check')
        table.create_check_constraint(op.f(_ATTEMPTS), rule)
    triggers.install(op.get_bind())
