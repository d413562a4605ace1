"""What is drawn as HTML: templates that escape every text they are given."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from ..languages import Language

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)


def rendered(t: Language, template: str, **values: object) -> Markup:
    """Return a template filled with values, as HTML that needs no more escaping."""
    return Markup(_TEMPLATES.get_template(template).render(t=t, **values))  # noqa: S704 — escaped


def draw(t: Language, template: str, **values: object) -> None:
    """Draw a template filled with values."""
    st.html(rendered(t, template, **values))
