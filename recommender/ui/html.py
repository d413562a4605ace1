"""What is drawn as HTML: templates that escape every text they are given."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from jinja2 import Environment, FileSystemLoader
from jinja2.ext import Extension
from markupsafe import Markup

from ..languages import Language


class _NotIndented(Extension):
    """Templates whose lines begin with one space at most: the rest would be sent each time."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return re.sub(r"\n[ \t]+", "\n ", source)


_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    extensions=[_NotIndented],
)


def rendered(t: Language, template: str, **values: object) -> Markup:
    """Return a template filled with values, as HTML that needs no more escaping."""
    return Markup(_TEMPLATES.get_template(template).render(t=t, **values))  # noqa: S704 — escaped


@dataclass(frozen=True)
class _Html:
    """HTML as it is: Streamlit looks through mere text for what may be indented in it."""

    body: str

    def _repr_html_(self) -> str:
        return self.body


def draw(t: Language, template: str, **values: object) -> None:
    """Draw a template filled with values."""
    st.html(_Html(rendered(t, template, **values)))
