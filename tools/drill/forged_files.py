"""Manifests and splits that curate did not write: each function changes the dataset in a folder."""
import gzip
import hashlib
import json
import os
import socket

ODD_NUMBERS = (
    -1, 0, 1, 2**31, 2**32, 2**52, 2**53, 2**63 - 1, 2**63, 2**64, -2**63, 10**400, 0.5, 1e308, -1e308, 1e-320)
ODD_VALUES = ODD_NUMBERS + (None, True, "", "x", "\0", "\x1b]0;x\x07\u202e", "../x", [], {}, [[]], {"a": {}}, "é" * 100)
NAMES = (
    "../../../../../../../../etc/shadow", "../../../../../../../../dev/zero", "/dev/zero", "/etc/passwd", "..", ".", "", "a/b",
    "train.jsonl/../../outside/canary", "../outside/canary", "\0", "train.jsonl\0x", "pool.sqlite", "manifest.json", "x" * 100_000,
    "train-00000-of-99999.jsonl", "train-99999999999999999999-of-5.jsonl", "train.jsonl.gz", "test.chat.jsonl", "TRAIN.jsonl",
    "\x1b[31mtrain.jsonl", "train.jsonl ", "/dev/stdin", "/proc/self/mem")


def read(folder):
    return json.loads((folder / "manifest.json").read_text())


def write(folder, manifest):
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1))


def sign(folder):
    """Updates the manifest to the current sizes and hashes of the files."""
    manifest = read(folder)
    for name, output in manifest["outputs"].items():
        path = folder / name
        if path.is_file() and path.stat().st_size < 1 << 30:
            data = path.read_bytes()
            output["bytes"], output["sha256"] = len(data), hashlib.sha256(data).hexdigest()
    write(folder, manifest)


def places(value, way=()):
    """Yields the paths to all values in a JSON value."""
    yield way
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from places(inner, way + (key,))


def odd_value(folder, rng, scene):
    """Replaces or deletes some values of the manifest."""
    manifest = read(folder)
    for _ in range(rng.choice((1, 1, 1, 3))):
        way = rng.choice([way for way in places(manifest) if way])
        inner = manifest
        for key in way[:-1]:
            inner = inner[key]
        old = inner[way[-1]]
        value = rng.choice(ODD_NUMBERS if isinstance(old, int) and rng.random() < 0.7 else ODD_VALUES)
        kind = rng.randrange(8)
        if kind == 0:
            del inner[way[-1]]
        elif kind == 1 and isinstance(inner, dict):
            inner[rng.choice(NAMES[:20])] = value
        else:
            inner[way[-1]] = value
    write(folder, manifest)


def name(folder, rng, scene):
    """An output name that points elsewhere."""
    manifest = read(folder)
    outputs = manifest["outputs"]
    if rng.random() < 0.5:
        old = rng.choice(sorted(outputs))
        outputs[rng.choice(NAMES)] = outputs.pop(old)
    else:
        outputs[rng.choice(NAMES + (str(scene.canary),))] = {"bytes": 9, "rows": 2, "sha256": "0" * 64}
    write(folder, manifest)


def sums(folder, rng, scene):
    """Figures that are each possible, but whose sum is not."""
    manifest = read(folder)
    kind, large = rng.randrange(5), 1 << rng.choice((40, 51, 52))
    if kind == 0:
        manifest["inputs"] = [dict(manifest["inputs"][0], lines={
            "read": large, "kept": large, "redactions": large, "dropped": {}, "unreadable": {}})] * 5000
    elif kind == 1:
        manifest["total"]["dropped"] = {f"reason-{n}": large for n in range(5000)}
    elif kind == 2:
        manifest["outputs"].update({
            f"train-{n:05}-of-05000.jsonl": {"bytes": large, "rows": large, "sha256": "0" * 64} for n in range(5000)})
    elif kind == 3:
        manifest["selection"] = [dict(step, itemsIn=large, itemsOut=large) for step in manifest["selection"]] * 2000
    else:
        manifest["request"] = {key: 2**63 - 1 for key in manifest["request"]}
    write(folder, manifest)


def text(folder, rng, scene):
    """A manifest with malformed bytes."""
    path = folder / "manifest.json"
    good = path.read_bytes()
    kind = rng.randrange(13)
    path.write_bytes((
        lambda: b"", lambda: b"null", lambda: good[:rng.randrange(len(good))], lambda: b"[" * 5_000_000,
        lambda: b'{"inputs":' * 500_000, lambda: good.replace(b"{", b"{" * 600, 1),
        lambda: good.replace(b'"version"', b'"version" : "0.1.0", "version"'), lambda: good.replace(b"meta_", b"\xff\xfe", 1),
        lambda: good.decode().encode("utf-16"), lambda: b"\xef\xbb\xbf" + good, lambda: good + b"x",
        lambda: good.replace(b'"bytes"', b'"bytes": ' + b"9" * 1_000_000 + b', "b"', 1), lambda: rng.randbytes(5000),
    )[kind]())


def large(folder, rng, scene):
    """A manifest of fifty megabytes or more."""
    manifest, kind = read(folder), rng.randrange(6)
    if kind == 0:
        manifest["inputs"] = manifest["inputs"] * 16_000
    elif kind == 1:
        manifest["recipe"]["name"] = "x" * 50_000_000
    elif kind == 2:
        manifest["outputs"].update({
            f"train-{n:05}-of-99999.jsonl": {"bytes": 1, "rows": 1, "sha256": "0" * 64} for n in range(99_999)})
    elif kind == 3:
        manifest["total"]["dropped"] = {f"r{n}": 0 for n in range(2_000_000)}
    elif kind == 4:
        manifest["more"] = [[0] * 10] * 1_500_000
    else:
        manifest["more"] = "x" * 100_000_000
    (folder / "manifest.json").write_text(json.dumps(manifest))


def special(folder, rng, scene):
    """A special, huge or missing file instead of a regular one."""
    file = folder / rng.choice(("manifest.json", "train.jsonl", "test.jsonl", "validation.jsonl", "README.md", "report.html", "rejects.jsonl.gz"))
    kind = rng.randrange(10)
    if kind == 8:
        os.truncate(file, 1 << 40)
        return
    if kind == 9:
        manifest = read(folder)
        os.truncate(file, 1 << 40)
        if file.name in manifest["outputs"]:
            manifest["outputs"][file.name]["bytes"] = 1 << 40
            write(folder, manifest)
        return
    if file.exists():
        file.unlink()
    if kind == 0:
        os.mkfifo(file)
    elif kind == 1:
        file.mkdir()
    elif kind == 2:
        file.symlink_to(rng.choice(("/dev/zero", "/dev/stdin", "/dev/tty", "/dev/random")))
    elif kind == 3:
        file.symlink_to(scene.canary)
    elif kind == 4:
        file.symlink_to(file.name)
    elif kind == 5:
        server, old = socket.socket(socket.AF_UNIX), os.getcwd()
        os.chdir(folder)
        server.bind(file.name)
        os.chdir(old)
        server.close()
    elif kind == 6:
        file.symlink_to("nowhere")
    # Otherwise, the file stays missing.


def rows(folder, rng, scene):
    """Invalid or altered rows, usually with matching hashes in the manifest."""
    file = folder / rng.choice(("train.jsonl", "test.jsonl", "validation.jsonl"))
    lines = file.read_bytes().splitlines(keepends=True)
    at = rng.randrange(len(lines)) if lines else 0
    row = lines[at] if lines else b'{"id": "a", "category": "b", "price": 5.0, "prompt": "p", "completion": "5.00"}\n'
    new = rng.choice((
        lambda: row.replace(b'"price": ', b'"price": 1e400, "x": '), lambda: row.replace(b'"price": ', b'"price": -1e308, "x": '),
        lambda: row.replace(b'"price": ', b'"price": NaN, "x": '), lambda: row.replace(b'"price": ', b'"price": "5", "x": '),
        lambda: row.replace(b'"id": "', b'"id": "\\u0000\\u001b[31m\\u202e'), lambda: row.replace(b'"id": "', b'"id": "\x00\x1b[31m'),
        lambda: row.replace(b'"id": "', b'"id": "' + b"i" * 6_000_000), lambda: row.replace(b'"prompt": "', b'"prompt": "\xff\xc3('),
        lambda: row.replace(b'"prompt": "', b'"prompt": "' + rng.choice((b"w", b"w ", b"$5 ", b"\\u0000", b"<b>")) * rng.choice((300_000, 3_000_000))),
        lambda: row.replace(b'{', b'{"a":' * 3000, 1), lambda: b"[" * 5_000_000 + b"\n", lambda: b"\0" * 9_000_000 + b"\n",
        lambda: b"\n" * 3_000_000, lambda: row * 20_000, lambda: b"x" * 50_000_000, lambda: row.replace(b"\n", b"\r\n"),
        lambda: row[:-1], lambda: b"\xef\xbb\xbf" + row, lambda: row.replace(b'"completion": "', b'"completion": "' + b"9" * 400_000),
        lambda: row.replace(b'"price": ', b'"price": 0.' + b"3" * 1_000_000 + b', "x": '), lambda: b"",
    ))()
    file.write_bytes(b"".join(lines[:at] + [new] + lines[at + 1:]))
    if rng.random() < 0.7:
        sign(folder)


def bomb(folder, rng, scene):
    """A decompression bomb, in a compressed split or in one with an uncompressed name."""
    manifest = read(folder)
    old = rng.choice(("train.jsonl", "test.jsonl"))
    lines = (folder / old).read_bytes().splitlines(keepends=True) or [b"{}\n"]
    data = rng.choice((
        lambda: b"\n" * 300_000_000, lambda: b"\0" * 300_000_000, lambda: lines[0] * 200_000, lambda: b'{"a":' * 40_000_000,
        lambda: b'{"id":"a","category":"b","price":5,"prompt":"p","completion":"5.00"}\n' * 3_000_000,
        lambda: lines[0].replace(b'"prompt": "', b'"prompt": "' + b"word " * 30_000_000),
    ))()
    new = old + rng.choice((".gz", ""))
    packed = gzip.compress(data, rng.choice((1, 9)))
    (folder / old).unlink()
    (folder / new).write_bytes(packed * max(1, min(rng.choice((1, 1, 6)), 2_000_000 // len(packed))))
    output = manifest["outputs"].pop(old)
    output.update(rows=data.count(b"\n"), unpackedBytes=len(data))
    manifest["outputs"][new] = output
    write(folder, manifest)
    sign(folder)


FORGERIES = [odd_value, odd_value, odd_value, odd_value, name, name, sums, text, large, special, special, rows, rows, rows, bomb]
