"""Hostile lines."""
import gzip
import json
import os
import shutil
import subprocess

from .common import command, fresh, row, synthesize


def hostile_lines(rng, seeds):
    """Yields bad lines of every kind that a file may have, endlessly."""
    yield from (
        b"", b"\r", b"\xef\xbb\xbf{}", b"null", b"[]", b"{", b'{"price": 1e999}', b'{"price": -0.0}',
        b'{"title": "\\ud800", "price": 5}', b'{"title": "\\udc00\\ud800", "price": "5"}', b"\x00" * 100,
        b'{"title": "a\x00b", "price": 5}', b'{"price": ' + b"9" * 5000 + b"}",
        b'{"title": "x", "title": "y", "price": 1, "price": 2}', b"[" * 10_000 + b"]" * 10_000,
        b'{"details": ' + b'{"a":' * 10_000 + b"1" + b"}" * 10_000 + b', "title": "t", "price": 3}',
        b'{"title": "t", "price": 9, "description": ["' + b"<div>" * 100_000 + b'"]}',
        b'{"title": "t", "price": 9, "features": ["<a href=\\"' + b"x" * 200_000 + b'"]}',
        b'{"title": "' + b"w" * 1_000_000 + b'", "price": 7, "features": ["' + b"y" * 1_000_000 + b'"]}',
        b'{"title": "' + b"x" * 4_000_000 + b'", "price": 8}', b'{"title": "' + b"x y" * 1_300_000 + b'", "price": 8}',
        b'{"title": "k", "price": 4, "details": {'
        + b", ".join(b'"k%d": %d' % (n, n) for n in range(1_000_000)) + b"}}",
        b'{"title": "l", "price": 4, "features": ["' + b"long " * 20_000_000 + b'"]}',
        b'{"price": 5, "title": "\xff\xfe", "features": ["\xc3\x28"]}', b'{"price": 5, "title": "\xed\xa0\x80"}',
    )
    pieces = (
        b'"', b"\\", b"\\u0000", b"\\ud83d", b"<b>", b"&amp;#x41;", b"$19.99", b"\xc2\xa0", b"\xf0\x9f\x98\x80",
        b"null", b"{", b"}", b"[", b"]", b",", b":", b"\xff", b"</script", b"<!--", b"e\xcc\x81" * 50, b"1e5")
    while True:
        line = bytearray(rng.choice(seeds))
        for _ in range(rng.choice((0, 1, 1, 2, 5))):
            at = rng.randrange(len(line) + 1)
            kind = rng.randrange(4)
            if kind == 0:
                line[at:at] = rng.choice(pieces)
            elif kind == 1:
                del line[at:at + rng.choice((1, 3, 50))]
            elif kind == 2 and at < len(line):
                line[at] = rng.randrange(256)
            else:
                line[at:at] = line[at - rng.randrange(1, 100):at]
        yield bytes(line.replace(b"\n", b" "))


def lines(quick, rng):
    """Fuzzed lines: nothing crashes, and each is kept or counted with its reason."""
    count = 20_000 if quick else 1_000_000
    folder = fresh("fuzzed")
    folder.mkdir(parents=True)
    with gzip.open(next(synthesize(2_000).glob("*.gz"))) as file:
        seeds = file.read().splitlines()
    lines = hostile_lines(rng, seeds)
    with gzip.open(folder / "meta_Toys.jsonl.gz", "wb", compresslevel=1) as file:
        for number in range(count):
            # The last line has no line feed.
            file.write(next(lines) + (b"\n" if number < count - 1 else b""))
    for recipe in ("course", "pricer"):
        out = fresh("of-fuzzed")
        child = subprocess.Popen(command(folder, out, "--quiet", "--recipe", recipe, "--rejects"))
        _, status, usage = os.wait4(child.pid, 0)
        code = os.waitstatus_to_exitcode(status)
        total = json.loads((out / "manifest.json").read_text())["total"] if code == 0 else {}
        parts = [total.get("kept", 0), *total.get("dropped", {}).values(), *total.get("unreadable", {}).values()]
        rejected = 0
        if code == 0:
            with gzip.open(out / "rejects.jsonl.gz") as rejects:
                rejected = sum(1 for _ in rejects)
        isRight = total.get("read") == count == sum(parts) and rejected == count - parts[0]
        row(f"hostile lines, {recipe}: each kept, or counted with its reason", count, count if isRight else 0,
            f"exit {code}, {parts[0]:,} kept, {usage.ru_maxrss >> 10} MB")
    shutil.rmtree(folder)
