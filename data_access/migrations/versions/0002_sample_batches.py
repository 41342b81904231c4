"""which files are the sample municipality's

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

from data_access.migrations import triggers

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        'import_batch', sa.Column('is_sample', sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.execute(
        'UPDATE import_batch SET is_sample = (SELECT is_sample FROM organisation WHERE id = organisation_id)'
    )
    triggers.install(op.get_bind())


def downgrade() -> None:
    op.drop_column('import_batch', 'is_sample')
    triggers.install(op.get_bind())
