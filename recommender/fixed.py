"""Mappings that never change, which pandas need not copy with every column that it hands out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn


class Fixed(dict[str, Any]):
    """A mapping that can only be read; a copy of it is itself.

    What a run was asked goes along with the run, in its `attrs`. pandas copies those deeply for
    each column and slice, which took a third of a page's time.
    """

    def __copy__(self) -> Fixed:
        return self

    def __deepcopy__(self, _: object) -> Fixed:
        return self

    def _refused(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("what a run was asked can't be changed; ask again with recommend()")

    __setitem__ = __delitem__ = __ior__ = _refused
    clear = pop = popitem = setdefault = update = _refused


def fixed(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a mapping with each mapping in it, however deep, one that can only be read."""
    return {key: _fixed(value) for key, value in values.items()}


def _fixed(value: object) -> object:
    return Fixed(fixed(value)) if isinstance(value, Mapping) else value
