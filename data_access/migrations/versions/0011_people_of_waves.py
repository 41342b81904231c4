"""people of waves: the same answers are known again when they come for other districts

Revision ID: 0011
Revises: 0013
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from data_access.migrations import triggers

revision = '0011'
down_revision = '0013'
branch_labels = None
depends_on = None

_TEXT = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    """Nothing is kept that the hash of an older wave could be made of: it stays empty, and is like no other."""
    with op.batch_alter_table('survey_wave') as table:
        table.add_column(sa.Column('people_fingerprint', _TEXT(length=64), nullable=False, server_default=''))
    with op.batch_alter_table('survey_wave') as table:
        table.alter_column('people_fingerprint', server_default=None)
    triggers.install(op.get_bind())


def downgrade() -> None:
    with op.batch_alter_table('survey_wave') as table:
        table.drop_column('people_fingerprint')
    triggers.install(op.get_bind())
