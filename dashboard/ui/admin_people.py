"""Persons and what they are: who waits, who has which role where, until when, in which districts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from dashboard.ui import session
from dashboard.ui.choices import distinct
from dashboard.ui.plain import plain
from dashboard.ui.writing import written
from data_access.administration import MembershipRow, OrganisationRow, UserRow, read_organisations, read_users
from data_access.changes import MembershipEntry, block_user, record_membership, remove_membership
from data_access.models.account import MEMBER_ROLES
from data_access.permissions import AreaKey

if TYPE_CHECKING:
    from dashboard.texts import Texts


DATES = "YYYY-MM-DD"


def draw(texts: Texts) -> None:
    """Draw the list and, under it, the person that is chosen."""
    users = read_users(session.database(), session.viewer())
    organisations = read_organisations(session.database(), session.viewer())
    st.markdown(texts("admin.people_help"))
    if not users:
        st.info(texts("admin.nobody_yet"), icon=":material/person_off:")
        return
    st.dataframe(_table(users, texts), hide_index=True, key="people-table")
    by_id = {user.id: user for user in users}
    names = distinct({user.id: _name(user) for user in users})
    chosen = st.selectbox(
        texts("admin.person"), list(by_id), format_func=names.__getitem__, key="person", width=420
    )
    user = by_id[chosen]
    for membership in user.memberships:
        _membership(membership, texts)
    if organisations:
        _grant(user, organisations, texts)
    else:
        st.info(texts("admin.organisation_first"), icon=":material/apartment:")
    label = texts("admin.unblock" if user.is_blocked else "admin.block")
    if st.button(label, icon=":material/block:", key=f"block-{user.id}"):
        written(lambda: _block(user), texts)


def _block(user: UserRow) -> None:
    block_user(session.database(), session.viewer(), user.id, is_blocked=not user.is_blocked)


def _table(users: list[UserRow], texts: Texts) -> pd.DataFrame:
    zone = ZoneInfo(session.current_frame().timezone)
    rows = [
        (
            user.name or user.subject,
            user.email,
            _state(user, texts),
            "; ".join(_said(one, texts) for one in user.memberships),
            user.last_used_at.astimezone(zone).strftime("%Y-%m-%d %H:%M") if user.last_used_at else "",
        )
        for user in users
    ]
    names = ("name", "email", "state", "roles", "last_used")
    return pd.DataFrame(rows, columns=[texts(f"admin.{name}") for name in names])


def _state(user: UserRow, texts: Texts) -> str:
    state = "blocked" if user.is_blocked else "active" if user.memberships else "waiting"
    return texts(f"admin.state_{state}")


def _name(user: UserRow) -> str:
    return f"{user.name or user.subject} ({user.email or user.issuer})"


def _said(one: MembershipRow, texts: Texts) -> str:
    said = texts("account.role_in", role=texts(f"role.{one.role}"), organisation=one.organisation)
    return f"{said} ({', '.join(sorted(area.code for area in one.areas))})" if one.areas else said


def _membership(one: MembershipRow, texts: Texts) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        last = one.valid_to.isoformat() if one.valid_to else "\u2026"
        days = texts("admin.valid", first=one.valid_from.isoformat(), last=last)
        st.markdown(f"**{plain(_said(one, texts))}** {plain(days)}", width="stretch")
        if st.button(texts("admin.take_away"), icon=":material/delete:", key=f"take-away-{one.id}"):
            written(lambda: remove_membership(session.database(), session.viewer(), one.id), texts)


def _grant(user: UserRow, organisations: list[OrganisationRow], texts: Texts) -> None:
    names = {one.id: one.name for one in organisations}
    with st.form(f"grant-{user.id}", border=True):
        st.markdown(f"**{texts('admin.grant')}**")
        with st.container(horizontal=True):
            role = st.selectbox(
                texts("admin.role"),
                MEMBER_ROLES,
                index=len(MEMBER_ROLES) - 1,
                format_func=lambda key: texts(f"role.{key}"),
            )
            organisation = st.selectbox(
                texts("admin.organisation"), list(names), format_func=names.__getitem__
            )
            first = st.date_input(texts("admin.valid_from"), value="today", format=DATES)
            last = st.date_input(
                texts("admin.valid_to"), value=None, format=DATES, help=texts("admin.valid_to_help")
            )
        areas = st.multiselect(
            texts("admin.areas"), _areas(), format_func=_area_name, help=texts("admin.areas_help"),
            placeholder=texts("admin.areas_all"),
        )  # fmt: skip
        st.caption(texts("admin.roles_help"))
        if st.form_submit_button(texts("admin.grant_do"), type="primary", icon=":material/add:"):
            entry = MembershipEntry(
                user_id=user.id,
                organisation_id=organisation,
                role=role,
                valid_from=_day(first) or date.today(),  # noqa: DTZ011 - a day without a time
                valid_to=_day(last),
                areas=frozenset(areas),
            )
            written(lambda: record_membership(session.database(), session.viewer(), entry), texts)


def _areas() -> list[AreaKey]:
    """Districts of the newest set."""
    frame = session.current_frame()
    return [AreaKey(frame.area_set.name, area.code) for area in frame.areas] if frame.area_set else []


def _area_name(key: AreaKey) -> str:
    names = {area.code: area.name for area in session.current_frame().areas}
    return f"{names.get(key.code, key.code)} ({key.area_set} {key.code})"


def _day(chosen: object) -> date | None:
    return chosen if isinstance(chosen, date) else None
