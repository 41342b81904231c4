"""editions of minutes: corrected reports are sent once, and the address of a sending can be forgotten

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from data_access.migrations import triggers

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

_TEXT = sqlmodel.sql.sqltypes.AutoString
_STATUSES = ('sending', 'sent', 'failed')
_STATUS_RULE = 'ck_report_delivery_delivery_status'
_ONCE, _ONCE_EACH = 'uq_report_delivery_meeting_id_recipient', 'uq_report_delivery_meeting_id_recipient_edition'


def upgrade() -> None:
    with _meeting() as table:
        table.add_column(sa.Column('edition', sa.Integer(), nullable=False, server_default='0'))
    op.execute(
        "update meeting set edition = 1 where status = 'closed' or id in (select meeting_id from earlier_minutes)"
    )
    with _meeting() as table:
        table.alter_column('edition', server_default=None)
    with op.batch_alter_table('report_delivery') as table:
        table.add_column(sa.Column('edition', sa.Integer(), nullable=False, server_default='1'))
        table.add_column(sa.Column('digest', _TEXT(length=64), nullable=False, server_default=''))
        table.alter_column('recipient', existing_type=_TEXT(length=254), nullable=True)
        table.drop_constraint(op.f(_ONCE), type_='unique')
        table.create_unique_constraint(op.f(_ONCE_EACH), ['meeting_id', 'recipient', 'edition'])
        _allow(table, (*_STATUSES, 'unchanged'))
    with op.batch_alter_table('report_delivery') as table:
        for name in ('edition', 'digest'):
            table.alter_column(name, server_default=None)
    triggers.install(op.get_bind())


def downgrade() -> None:
    """Only the first edition to an address that is known has a place in the older table."""
    op.execute("delete from report_delivery where edition > 1 or recipient is null or status = 'unchanged'")
    with op.batch_alter_table('report_delivery') as table:
        table.drop_constraint(op.f(_ONCE_EACH), type_='unique')
        table.create_unique_constraint(op.f(_ONCE), ['meeting_id', 'recipient'])
        table.alter_column('recipient', existing_type=_TEXT(length=254), nullable=False)
        _allow(table, _STATUSES)
        for name in ('edition', 'digest'):
            table.drop_column(name)
    with _meeting() as table:
        table.drop_column('edition')
    triggers.install(op.get_bind())


def _meeting():
    """SQLite makes the table anew, and still gives no number twice."""
    return op.batch_alter_table('meeting', table_kwargs={'sqlite_autoincrement': True})


def _allow(table, words: tuple[str, ...]) -> None:
    table.drop_constraint(op.f(_STATUS_RULE), type_='check')
    allowed = ', '.join(f"'{word}'" for word in words)
    table.create_check_constraint(op.f(_STATUS_RULE), f'status IN ({allowed})')
