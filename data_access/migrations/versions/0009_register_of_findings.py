"""the register of findings: what was one line of text of an intervention becomes a row that interventions point to

Revision ID: 0009
Revises: 0008
"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from data_access.migrations import triggers

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
_TEXT, _TIME = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
_SOURCES = ('indicator', 'gap', 'incidents', 'other')
_LONGEST_BEFORE = 200
_PLAN = sa.table(
    'intervention',
    *map(sa.column, ('id', 'area_set_id', 'organisation_id', 'finding', 'finding_id')),
    sa.column('created_at', _TIME()),
)
_FINDING = sa.table(
    'finding',
    *map(sa.column, ('id', 'area_set_id', 'organisation_id', 'statement', 'source', 'wave_id')),
    *map(sa.column, ('indicator_code', 'withdrawn_reason', 'revision')),
    sa.column('created_at', _TIME()),
)
_PLAN_AREA = sa.table('intervention_area', *map(sa.column, ('intervention_id', 'area_id')))
_AREA = sa.table('finding_area', *map(sa.column, ('finding_id', 'area_id')))
_WAVE = sa.table('survey_wave', *map(sa.column, ('id', 'name', 'edition')))


def upgrade() -> None:
    _register()
    with _intervention() as table:
        table.add_column(sa.Column('finding_id', _BIG, nullable=True))
        table.create_foreign_key(op.f('fk_intervention_finding_id_finding'), 'finding', ['finding_id'], ['id'])
        table.create_index(op.f('ix_intervention_finding_id'), ['finding_id'])
    _record(op.get_bind())
    op.execute("update intervention_change set field = 'finding_id' where field = 'finding'")
    with _intervention() as table:
        table.drop_column('finding')
    triggers.install(op.get_bind())


def downgrade() -> None:
    """Of a finding only its sentence has a place in the older table, as far as it is long enough."""
    with _intervention() as table:
        table.add_column(sa.Column('finding', _TEXT(length=_LONGEST_BEFORE), nullable=False, server_default=''))
    op.execute(
        f"update intervention set finding = (select substr(finding.statement, 1, {_LONGEST_BEFORE}) from finding"
        " where finding.id = intervention.finding_id) where finding_id is not null"
    )
    for side in ('before', 'after'):
        op.execute(
            f'update intervention_change set "{side}" = coalesce((select statement from finding'
            f' where cast(finding.id as varchar) = intervention_change."{side}"), \'\')'
            " where field = 'finding_id'"
        )
    op.execute("update intervention_change set field = 'finding' where field = 'finding_id'")
    with _intervention() as table:
        table.drop_index(op.f('ix_intervention_finding_id'))
        table.drop_constraint(op.f('fk_intervention_finding_id_finding'), type_='foreignkey')
        table.drop_column('finding_id')
        table.alter_column('finding', server_default=None)
    for name in ('finding_area', 'finding'):
        op.drop_table(name)
    triggers.install(op.get_bind())


def _register() -> None:
    allowed = ', '.join(f"'{word}'" for word in _SOURCES)
    references = {'area_set_id': 'area_set', 'organisation_id': 'organisation', 'wave_id': 'survey_wave'}
    op.create_table(
        'finding',
        sa.Column('id', _BIG, nullable=False),
        *(sa.Column(name, _BIG, nullable=True) for name in references),
        sa.Column('statement', _TEXT(length=300), nullable=False),
        sa.Column('source', sa.String(24), nullable=False),
        sa.Column('indicator_code', _TEXT(length=60), nullable=False),
        sa.Column('withdrawn_at', _TIME(), nullable=True),
        sa.Column('withdrawn_reason', _TEXT(length=300), nullable=False),
        sa.Column('revision', sa.Integer(), nullable=False),
        sa.Column('created_at', _TIME(), nullable=False),
        sa.CheckConstraint(f'source IN ({allowed})', name=op.f('ck_finding_finding_source')),
        sa.CheckConstraint(
            "(withdrawn_at is null) = (withdrawn_reason = '')", name=op.f('ck_finding_withdrawn')
        ),
        *(
            sa.ForeignKeyConstraint([name], [f'{table}.id'], name=op.f(f'fk_finding_{name}_{table}'))
            for name, table in references.items()
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_finding')),
        sqlite_autoincrement=True,
    )
    for name in references:
        op.create_index(op.f(f'ix_finding_{name}'), 'finding', [name])
    op.create_table(
        'finding_area',
        sa.Column('finding_id', _BIG, nullable=False),
        sa.Column('area_id', _BIG, nullable=False),
        sa.ForeignKeyConstraint(['finding_id'], ['finding.id'], name=op.f('fk_finding_area_finding_id_finding')),
        sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_finding_area_area_id_area')),
        sa.PrimaryKeyConstraint('finding_id', 'area_id', name=op.f('pk_finding_area')),
    )


def _record(connection: sa.Connection) -> None:
    """Each text once per set of districts, of the organisation that had it first, in the districts of all that had it."""
    plan, area = _PLAN, _PLAN_AREA
    waves = connection.execute(sa.select(_WAVE.c.id, _WAVE.c.name).order_by(_WAVE.c.edition.desc())).all()
    found: dict[tuple[int, str], int] = {}
    areas: set[tuple[int, int]] = set()
    for row in connection.execute(sa.select(plan).where(plan.c.finding != '').order_by(plan.c.id)).all():
        place = (row.area_set_id, row.finding)
        if place not in found:
            found[place] = _insert(connection, row, _wave_of(row.finding, waves))
        answers = sa.update(plan).where(plan.c.id == row.id).values(finding_id=found[place])
        connection.execute(answers)
        of = connection.execute(sa.select(area.c.area_id).where(area.c.intervention_id == row.id)).scalars()
        areas |= {(found[place], number) for number in of}
    for number, where in sorted(areas):
        connection.execute(sa.insert(_AREA).values(finding_id=number, area_id=where))


def _insert(connection: sa.Connection, plan: sa.Row, wave: int | None) -> int:
    row = {
        'area_set_id': plan.area_set_id,
        'organisation_id': plan.organisation_id,
        'statement': plan.finding,
        'source': 'other' if wave is None else 'indicator',
        'wave_id': wave,
        'indicator_code': '',
        'withdrawn_reason': '',
        'revision': 1,
        'created_at': plan.created_at,
    }
    return connection.execute(sa.insert(_FINDING).values(row).returning(_FINDING.c.id)).scalar_one()


def _wave_of(text: str, waves: Sequence[sa.Row]) -> int | None:
    """The wave that a text begins with, as the page of surveys filled it in."""
    return next((one.id for one in waves if text.startswith((f'{one.name}: ', f'{one.name}, '))), None)


def _intervention():
    """SQLite makes the table anew, and still gives no number twice."""
    return op.batch_alter_table('intervention', table_kwargs={'sqlite_autoincrement': True})
