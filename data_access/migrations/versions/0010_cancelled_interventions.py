"""interventions that never were are cancelled, with a reason; those that have ended have a last day

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from data_access.migrations import triggers

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
_STATUSES = ('proposed', 'decided', 'ongoing', 'ended', 'followed_up')
_STATUS_RULE = 'ck_intervention_intervention_status'
_INTERVENTION = sa.table(
    'intervention',
    sa.column('id', _BIG),
    sa.column('status', sa.String()),
    sa.column('starts_on', sa.Date()),
    sa.column('ends_on', sa.Date()),
)
_CHANGE = sa.table(
    'intervention_change',
    sa.column('intervention_id', _BIG),
    sa.column('at', sqlmodel.sql.sqltypes.UTCDateTime()),
    sa.column('field', sa.String()),
    sa.column('after', sa.String()),
)


def upgrade() -> None:
    with _batch() as table:
        table.add_column(sa.Column('cancelled_because', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False, server_default=''))
        _allow(table, (*_STATUSES, 'cancelled'))
    with _batch() as table:
        table.alter_column('cancelled_because', server_default=None)
    _give_last_days()
    triggers.install(op.get_bind())


def downgrade() -> None:
    """The older table knows no status for what never was; proposed is what nothing was done of."""
    op.execute("update intervention set status = 'proposed' where status = 'cancelled'")
    with _batch() as table:
        _allow(table, _STATUSES)
        table.drop_column('cancelled_because')
    triggers.install(op.get_bind())


def _give_last_days() -> None:
    """What was called ended without a last day ended when it was called so; of one without a log nobody knows."""
    of, said = _INTERVENTION.c, _CHANGE.c
    ended_at = (
        sa.select(said.intervention_id, sa.func.max(said.at))
        .where(said.field == 'status', said.after == 'ended')
        .group_by(said.intervention_id)
    )
    at = {number: day for number, day in op.get_bind().execute(ended_at)}
    lacking = sa.select(of.id, of.starts_on).where(of.status.in_(('ended', 'followed_up')), of.ends_on.is_(None))
    for number, starts_on in op.get_bind().execute(lacking).all():
        if number in at:
            day = max(starts_on, at[number].date())
            op.execute(sa.update(_INTERVENTION).where(of.id == number).values(ends_on=day))


def _batch():
    """SQLite makes the table anew, and still gives no number twice."""
    return op.batch_alter_table('intervention', table_kwargs={'sqlite_autoincrement': True})


def _allow(table, words: tuple[str, ...]) -> None:
    table.drop_constraint(op.f(_STATUS_RULE), type_='check')
    allowed = ', '.join(f"'{word}'" for word in words)
    table.create_check_constraint(op.f(_STATUS_RULE), f'status IN ({allowed})')
