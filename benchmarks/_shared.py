"""What the benchmarks share: the machine they ran on, times, and tables put into README.md."""

from __future__ import annotations

import os
import platform
import re
from pathlib import Path

import numpy as np

README = Path(__file__).with_name("README.md")
SEED = 20_261_121


def spread(found: np.ndarray, digits: int = 1) -> str:
    """Return the median and the time that 99 of 100 calls keep to."""
    return f"{np.median(found):.{digits}f} | {np.quantile(found, 0.99):.{digits}f}"


def machine() -> str:
    """Return what figures depend on beside the code."""
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


def inserted(text: str, name: str, content: str) -> str:
    """Return the text with what stands between `<!-- name -->` and `<!-- end -->` replaced."""
    between = re.compile(rf"(?<=<!-- {re.escape(name)} -->\n).*?(?=<!-- end -->)", re.S)
    return between.sub(lambda _: f"\n{content}\n\n", text, count=1)


def show(name: str, table: str, write: bool) -> None:
    """Print a table, and put it into README.md if it is to be written."""
    print(f"{table}\n", flush=True)
    if write:
        text = README.read_text(encoding="utf-8")
        README.write_text(inserted(text, name, table), encoding="utf-8")
