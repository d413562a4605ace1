"""Mappings that can only be read, which pandas need not copy with each column it hands out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn


class Fixed(dict[str, Any]):
    """A mapping that can only be read; a copy of it is itself.

    What a run was asked goes along with the run, in its `attrs`, and pandas copies those deeply for
    each column and slice.
    """

    def __copy__(self) -> Fixed:
        return self

    def __deepcopy__(self, _: object) -> Fixed:
        return self

    def __reduce__(self) -> tuple[type[Fixed], tuple[dict[str, Any]]]:
        return Fixed, (dict(self),)

    def _refused(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("what a run was asked can't be changed; ask again with recommend()")

    __setitem__ = __delitem__ = __ior__ = _refused
    clear = pop = popitem = setdefault = update = _refused


def fixed(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a mapping in which every mapping can only be read, with all that it holds.

    The outermost is a plain one, since pandas makes it so.
    """
    return {k: _fixed(v) if isinstance(v, Mapping) else v for k, v in values.items()}


def _fixed(value: object) -> object:
    if isinstance(value, Mapping):
        return Fixed({key: _fixed(inner) for key, inner in value.items()})
    return tuple(map(_fixed, value)) if isinstance(value, list) else value
