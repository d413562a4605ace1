"""Public registers of charities to catalogues: one module a register, found by being there.

A module whose name begins with an underscore is shared by the registers and is none itself. To add
a register, add a module that defines ``REGISTER``; its code is the module's name with - for _.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from ..errors import UnknownNameError

if TYPE_CHECKING:
    from ._register import Register


def codes() -> list[str]:
    """Return the codes of the registers there are, without loading any."""
    names = (module.name for module in pkgutil.iter_modules(__path__))
    return sorted(name.replace("_", "-") for name in names if not name.startswith("_"))


def load_register(code: str) -> Register:
    """Return a register by its code.

    Raises
    ------
    UnknownNameError
        With the closest known codes.
    """
    if code not in codes():
        raise UnknownNameError("register", code, codes())
    module = import_module(f".{code.replace('-', '_')}", __name__)
    register: Register = module.REGISTER
    return register


@cache
def _by_scheme() -> dict[str, Register]:
    known = (load_register(code) for code in codes())
    return {register.scheme: register for register in known if register.home}


def registered(charity_id: str) -> tuple[Register, str] | None:
    """Return the public register that an id is from and the number it has there, or None."""
    for scheme, register in _by_scheme().items():
        if charity_id.startswith(f"{scheme}-"):
            return register, charity_id.removeprefix(f"{scheme}-")
    return None
