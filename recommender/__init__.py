"""Charities ranked by what matters to a donor, each place explained word by word.

The public names are loaded when they are first used, so that `import recommender`, and with it
the command line's --help, doesn't wait for pandas and scikit-learn.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from . import version

if TYPE_CHECKING:
    from .catalogue import load_catalogue, load_sources, parse_catalogue
    from .errors import AnswersError, CatalogueError, RecommenderError, UnknownNameError
    from .model import Recommender
    from .priorities import load_priorities

__version__ = version.VERSION

_HOMES = {
    "AnswersError": "errors",
    "CatalogueError": "errors",
    "Recommender": "model",
    "RecommenderError": "errors",
    "UnknownNameError": "errors",
    "load_catalogue": "catalogue",
    "load_priorities": "priorities",
    "load_sources": "catalogue",
    "parse_catalogue": "catalogue",
}
__all__ = [
    "AnswersError",
    "CatalogueError",
    "Recommender",
    "RecommenderError",
    "UnknownNameError",
    "load_catalogue",
    "load_priorities",
    "load_sources",
    "parse_catalogue",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
