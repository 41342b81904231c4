"""Surveys: risk and protection, unmet help, perceived safety, and both beside crime, as they were released."""

from dashboard.ui import header, state, surveys

texts = header.begin("surveys")
surveys.draw(texts)
state.write_address(texts.language)
