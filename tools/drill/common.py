"""Shared by all drills: the program, its input, and the table."""
import hashlib
import pathlib
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PLACE = ROOT / ".build/drill"
TOKENIZER = ["--tokenizer", str(ROOT / "tokenizers/llama3.model")]
failures = []


class Programs:
    """The curate under test, and an older one to compare with, if any."""

    new = ROOT / ".build/release/curate"
    old = None


def row(drill, done, survived, remark=""):
    """Prints a row of the table. A case that did not survive fails the whole drill."""
    if survived != done:
        failures.append(drill)
    print(f"| {drill} | {done:,} | {survived:,} | {remark} |", flush=True)


def command(raw, out, *options):
    return [Programs.new, "run", *([raw] if not isinstance(raw, list) else raw), "--out", out, *TOKENIZER, *options]


def run(raw, out, *options, **settings):
    return subprocess.run(
        command(raw, out, "--quiet", *options), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        text=True, errors="replace", **settings)


def hashes(out):
    """Hashes of all outputs except the pool, which promises only its rows."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.iterdir()) if path.name != "pool.sqlite"}


def remove(path):
    """Removes a file, a link or a folder with its contents; a missing path is no error."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def fresh(name):
    """The path of an output folder that does not exist, with nothing of an earlier run beside it."""
    for path in [*PLACE.glob(f".{name}.*"), PLACE / name]:
        remove(path)
    return PLACE / name


def synthesize(items):
    folder = PLACE / f"raw-{items}"
    if not folder.exists():
        subprocess.run(
            [Programs.new, "synthesize", folder, "--items", str(items), "--seed", "1"], check=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return folder
