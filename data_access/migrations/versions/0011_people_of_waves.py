"""people of waves: the same answers are known again when they come for other districts; how they were read, by question

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from data_access.migrations import triggers

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

_TEXT = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    """Nothing is kept that the hash of an older wave could be made of: it stays empty, and is like no other."""
    with op.batch_alter_table('survey_wave') as table:
        table.add_column(sa.Column('people_fingerprint', _TEXT(length=64), nullable=False, server_default=''))
    with op.batch_alter_table('survey_wave') as table:
        table.alter_column('people_fingerprint', server_default=None)
    _change_readings(_with_questions)
    triggers.install(op.get_bind())


def downgrade() -> None:
    with op.batch_alter_table('survey_wave') as table:
        table.drop_column('people_fingerprint')
    _change_readings(_without_questions)
    triggers.install(op.get_bind())


def _change_readings(change) -> None:
    waves = sa.table('survey_wave', sa.column('id', sa.BigInteger), sa.column('reading', sa.JSON))
    for number, reading in op.get_bind().execute(sa.select(waves.c.id, waves.c.reading)).all():
        op.execute(sa.update(waves).where(waves.c.id == number).values(reading=change(reading or {})))


def _with_questions(reading: dict) -> dict:
    """Of older waves what was said of a question is taken as it stands."""
    found = {code: {'cut_point': {'present': cut}} for code, cut in reading.get('cut_points', {}).items()}
    for code, said in reading.get('words', {}).items():
        if code not in ('yes', 'no', 'missing'):
            found.setdefault(code, {})['words'] = said
    return reading | {'index': [], 'read_otherwise': found}


def _without_questions(reading: dict) -> dict:
    return {name: said for name, said in reading.items() if name not in ('index', 'read_otherwise')}
