"""The command `search`: which charities a name may mean, as somebody types it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from .languages import load_language
from .options import Catalogue, Format, IndexFolder, Lang, Output, model_of, some

if TYPE_CHECKING:
    import pandas as pd

    from .languages import Language
    from .model import Recommender


def search(
    name: Annotated[
        str, typer.Argument(help="A name as it comes to mind: whole, its beginning or words of it.")
    ],
    lang: Lang = "en",
    output: Output = Format.TABLE,
    k: Annotated[int, typer.Option("-k", callback=some, help="How many charities.")] = 5,
    catalogue: Catalogue = None,
    index: IndexFolder = None,
) -> None:
    """Find charities by a name, typing errors forgiven."""
    from .export import to_csv

    language, model = load_language(lang), model_of(catalogue, index)
    found = model.search(name, k)
    if output is Format.CSV:
        typer.echo(to_csv(found).decode("utf-8-sig"), nl=False)
    elif output is Format.JSON:
        records = found.reset_index()
        typer.echo(records.to_json(orient="records", force_ascii=False, indent=2))
    elif found.empty:
        typer.echo(language("search-nothing"))
    else:
        _print(model, found, language)


def _print(model: Recommender, found: pd.DataFrame, t: Language) -> None:
    from rich.table import Table
    from rich.text import Text

    from .labels import name, way
    from .printing import console
    from .ranking import rank_label

    table = Table()
    table.add_column("#", justify="right")
    for heading in (
        "search-column-id",
        "cli-charity",
        "search-column-matched",
        "search-column-way",
    ):
        table.add_column(t(heading))
    for charity_id, row in found.iterrows():
        called = name(model.charities_.charity(str(charity_id)), t)
        cells = [Text(str(charity_id)), Text(called), Text(row["matched"])]
        told = way(row["way"], int(row["apart"]), t)
        table.add_row(rank_label(row["rank"], row["tied"]), *cells, told)
    console().print(table)
