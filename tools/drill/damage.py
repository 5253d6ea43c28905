"""Damaged raw files."""
import gzip
import json

from .common import fresh, row, run, synthesize


def damage(quick, rng):
    """A real file truncated anywhere, or with a bit flipped anywhere after its header."""
    source = max(synthesize(2_000).glob("*.gz"), key=lambda path: path.stat().st_size)
    whole, folder = source.read_bytes(), fresh("damaged")
    folder.mkdir(parents=True)
    path, out = folder / source.name, fresh("of-damaged")
    count = 20 if quick else 200

    def told(data):
        path.write_bytes(data)
        stopped = run(folder, out)
        skipped = run(folder, out, "--on-corrupt", "skip", "--anew")
        lines = json.loads((out / "manifest.json").read_text())["inputs"][0] if out.exists() else {}
        fresh("of-damaged")
        return (
            stopped.returncode == 65 and path.name in stopped.stderr
            and skipped.returncode == 0 and "WARNING" in skipped.stderr and "damage" in lines)

    row("a gzip file truncated anywhere: reported, and skipped if asked", count,
        sum(told(whole[:rng.randrange(1, len(whole))]) for _ in range(count)))
    flips = 0
    for _ in range(count):
        data = bytearray(whole)
        data[rng.randrange(10, len(data))] ^= 1 << rng.randrange(8)
        flips += told(bytes(data))
    row("a bit flipped anywhere after the header: reported, and skipped if asked", count, flips)
    member = gzip.compress(b"", mtime=0)
    cases = {
        "trailing garbage": whole + b"garbage", "an empty file": b"", "text named .gz": b"{}\n",
        "a wrong length": whole[:-1] + bytes([whole[-1] ^ 1]),
    }
    row("trailing garbage, empty, text, wrong length", len(cases), sum(map(told, cases.values())))
    path.write_bytes(member + whole + member + bytes(512))
    row("many members, empty members, trailing zeros: read", 1, int(run(folder, out).returncode == 0))
    fresh("of-damaged")
