"""Builds the shim that disturbs system calls, and reads what it records."""
import os
import shutil
import subprocess
import sys
from typing import NamedTuple

from .common import PLACE, ROOT

LIBRARY = PLACE / "shim.so"
SOURCES = [ROOT / "tools/drill" / name for name in ("shim.c", "shim_calls.c")]


def build():
    """Builds the shim. Without a compiler, prints that it is missing and returns False."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if not compiler:
        print("(there is no C compiler: what needs the shim is left out)", file=sys.stderr)
        return False
    subprocess.run(
        [compiler, "-O1", "-Wall", "-Wextra", "-fPIC", "-shared", "-o", LIBRARY, *SOURCES, "-ldl", "-lpthread"],
        check=True)
    return True


def environment(root, **settings):
    """The environment of a process with the shim: `at=3` becomes DRILL_AT=3."""
    names = {f"DRILL_{name.upper()}": str(value) for name, value in settings.items()}
    return {**os.environ, "LD_PRELOAD": str(LIBRARY), "DRILL_ROOT": str(root), **names}


class Call(NamedTuple):
    """A call, as recorded by the shim."""

    number: int
    name: str
    result: int  # Or the error, as a negative number.
    details: list

    def __str__(self):
        texts = [self.name]
        for detail in self.details[:4]:
            try:
                text = bytes.fromhex(detail).decode(errors="replace")
                texts.append(text if len(detail) > 5 and text.isprintable() else detail)
            except ValueError:
                texts.append(detail)
        return " ".join(texts)[:120]


def calls(log):
    """The recorded calls, in order."""
    found = []
    for line in log.read_text().splitlines():
        number, name, result, *details = line.split(" ")
        found.append(Call(int(number), name, int(result), details))
    return found
