"""Reads the rows of a split, and their items' details."""
import array
import gzip
import json
import math
import re
import sqlite3
import zlib
from typing import NamedTuple

from . import features


# The same limit as in `curate evaluate`.
HIGHEST_PRICE = 1e9


class BadData(Exception):
    """A file has invalid content: exit code 65."""


class NoInput(Exception):
    """An input does not exist: exit code 66."""


class Split(NamedTuple):
    """The rows of a split, in their order."""

    keys: list  # How `curate evaluate` matches a guess: {"id": …}, or {"prompt": …} without an id.
    texts: list  # UTF-8: a string with an emoji in it takes four times the memory.
    prices: array.array
    features: array.array  # Four numbers per row.
    with_details: int  # The number of rows that have details.


def paths(folder, split):
    """The files of a split in the default format, from the dataset's manifest."""
    manifest = folder / "manifest.json"
    try:
        outputs = json.loads(manifest.read_bytes())["outputs"]
    except FileNotFoundError:
        raise NoInput(f"{folder}: no dataset; make one with scripts/run, or name one with --out") from None
    except (ValueError, KeyError, TypeError):
        raise BadData(f"{manifest}: not the manifest of a dataset") from None
    name = re.compile(rf"{split}(-\d{{5}}-of-\d{{5}})?\.jsonl(\.gz)?")
    return [folder / output for output in sorted(outputs) if name.fullmatch(output)]


def read(files, pool=None, keep_keys=True):
    """Reads a split from its files, one row at a time.

    Each prompt is held once, without question and answer. The details are the pool's, or the rows' own if no
    pool is given.
    """
    split = Split([], [], array.array("d"), array.array("d"), 0)
    with_details = 0
    for place, row in json_lines(files):
        try:
            prompt, price = row["prompt"], row["price"]
            # Question, text and the start of the answer, separated by blank lines.
            _, blank, rest = prompt.partition("\n\n")
            text, blank_before_answer, _ = rest.rpartition("\n\n")
        except (KeyError, TypeError, AttributeError):
            raise BadData(f"{place}: not a row with a price and a prompt") from None
        if not (blank and blank_before_answer):
            raise BadData(f"{place}: the prompt is not question, text and answer with blank lines between")
        if isinstance(price, bool) or not isinstance(price, (int, float)) or not 0 <= price <= HIGHEST_PRICE:
            raise BadData(f"{place}: {price!r} is no price")
        details = features.parsed(details_in(pool, row, place) if pool else row.get("details"))
        with_details += bool(details)
        if keep_keys:
            split.keys.append({"id": row["id"]} if row.get("id") else {"prompt": question(prompt)})
        split.texts.append(text.encode("utf-8", "replace"))
        split.prices.append(price)
        split.features.extend(features.features(details, text))
    if not split.texts:
        raise BadData(f"{', '.join(map(str, files)) or 'the dataset'}: there are no rows")
    return split._replace(with_details=with_details)


def json_lines(files):
    """Yields the location and the JSON value of each line of some files, compressed or not."""
    for path in files:
        try:
            with open(path, "rb") as file:
                compressed = file.read(2) == b"\x1f\x8b"
            with gzip.open(path) if compressed else open(path, "rb") as file:
                for number, line in enumerate(file, 1):
                    if not line.isspace():
                        yield f"{path}, line {number}", json.loads(line)
        except (FileNotFoundError, IsADirectoryError):
            raise NoInput(f"{path}: no such file") from None
        except (EOFError, gzip.BadGzipFile, zlib.error):
            raise BadData(f"{path}: damaged, or cut short") from None
        except (ValueError, RecursionError):
            raise BadData(f"{path}, line {number}: not JSON") from None


def question(prompt):
    """A prompt up to the start of the answer.

    >>> question("What?\\n\\nA tuner\\n\\nPrice is $2.00"), question("What?\\n\\nA tuner\\n\\n")
    ('What?\\n\\nA tuner\\n\\nPrice is $', 'What?\\n\\nA tuner\\n\\n')
    """
    before, prefix, _ = prompt.rpartition("Price is $")
    return before + prefix if prefix else prompt


def open_pool(folder):
    """The dataset's pool, opened for reading."""
    path = folder / "pool.sqlite"
    if not path.exists():
        raise NoInput(f"{path}: no such file; make it again with `curate run`")
    try:
        pool = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        columns = [column for _, column, *_ in pool.execute("PRAGMA table_info(items)")]
    except sqlite3.DatabaseError:
        raise BadData(f"{path}: not a pool, or damaged") from None
    if "details" not in columns:
        raise BadData(f"{path}: there are no details of the items in it; make it again with `curate run`")
    return pool


def details_in(pool, row, place):
    """The details of a row's item in the pool.

    An id may occur twice in the pool, so the prompt is compared, too; among equal items the choice is fixed.
    """
    query = "SELECT min(details) FROM items WHERE id = ? AND prompt = ?"
    try:
        found, = pool.execute(query, (row.get("id"), row["prompt"]))
    except sqlite3.DatabaseError as error:
        raise BadData(f"pool.sqlite: {error}; make it again with `curate run`") from None
    if found[0] is None:
        raise BadData(f"{place}: {row.get('id')} is not in the pool; make both again with `curate run`")
    return found[0]
