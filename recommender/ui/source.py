"""Which charities the page shows: the shipped catalogue, or the index that its start names."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

from ..catalogue import load_catalogue
from ..errors import RecommenderError
from ..model import Recommender

OPTION, VARIABLE = "--index", "WHERE_TO_GIVE_INDEX"
_SCRIPT = "app.py"
_EXAMPLE = f"python3 run.py app -- {OPTION} us.index"
_LOG = logging.getLogger(__name__)
_DAMAGE = (OSError, ValueError, LookupError, TypeError)


def index_path() -> str:
    """Return the index that the command line names, or else the environment; "" for neither.

    Raises
    ------
    RecommenderError
        For arguments that aren't understood.
    """
    # Streamlit hands the script what follows "--"; in any other program they aren't for us.
    script, *given = sys.argv or [""]
    arguments = given if Path(script).name == _SCRIPT else []
    if not arguments:
        return os.environ.get(VARIABLE, "")
    option, _, path = arguments[0].partition("=")
    if option == OPTION and len(arguments) == (1 if path else 2):
        return path or arguments[1]
    raise RecommenderError(f"{' '.join(arguments)!r} isn't understood. Start it as: {_EXAMPLE}")


def load(path: str) -> Recommender:
    """Return the model of an index, or of the shipped catalogue if there is no path.

    Raises
    ------
    RecommenderError
        For an index that can't be used.
    """
    if not path:
        return _warmed(Recommender().fit(load_catalogue()))
    try:
        return _warmed(Recommender.open(path))
    except _DAMAGE as error:
        _LOG.debug("while opening %s", path, exc_info=error)
        raise RecommenderError(
            f"{path} is damaged ({error}). Make it again: python -m recommender index"
        ) from error


def _warmed(model: Recommender) -> Recommender:
    """Do now, once, what the first visitor would wait for."""
    list(model.parts_.values())
    run = model.recommend(dict.fromkeys(model.agenda_[:4], 1), text="school", k=1)
    list(model.explanations(run, run.index))
    model.corrections("schol")
    return model
