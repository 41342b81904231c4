"""Serve page.py as the application serves its pages: with our routes, headers and policy of the content."""

from pathlib import Path

import streamlit as st
from starlette.routing import Route

from dashboard import asgi
from dashboard.linked.routes import ROUTES
from dashboard.settings import settings
from dashboard.web.document import served
from dashboard.web.stack import stack

asgi.app = st.App(
    Path(__file__).with_name("page.py"),
    routes=[*ROUTES, Route("/health", asgi.health), Route("/", served(asgi._INDEX))],
    middleware=stack(settings(), index=asgi._INDEX, own=asgi._OWN, upload_mb=1),
)
asgi.serve()
