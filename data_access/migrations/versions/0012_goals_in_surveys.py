"""the indicator of a survey that an intervention aims at

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from data_access.migrations import triggers

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

_CODES = {'goal_instrument': 24, 'goal_indicator': 60}
_RULE = 'ck_intervention_survey_goal'


def upgrade() -> None:
    with _batch() as table:
        for name, length in _CODES.items():
            kind = sqlmodel.sql.sqltypes.AutoString(length=length)
            table.add_column(sa.Column(name, kind, nullable=False, server_default=''))
        table.create_check_constraint(op.f(_RULE), "(goal_instrument = '') = (goal_indicator = '')")
    with _batch() as table:
        for name in _CODES:
            table.alter_column(name, server_default=None)
    triggers.install(op.get_bind())


def downgrade() -> None:
    with _batch() as table:
        table.drop_constraint(op.f(_RULE), type_='check')
        for name in _CODES:
            table.drop_column(name)
    triggers.install(op.get_bind())


def _batch():
    """SQLite makes the table anew, and still gives no number twice."""
    return op.batch_alter_table('intervention', table_kwargs={'sqlite_autoincrement': True})
