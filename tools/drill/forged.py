#!/usr/bin/env python3
"""Datasets that curate did not write, and every command on each of them.

Alone: python3 tools/drill/forged.py --curate BINARY --tokenizer FILE --count 500 --seed 1 --place FOLDER
"""
import argparse
import collections
import hashlib
import json
import os
import pathlib
import random
import re
import resource
import shutil
import subprocess
import sys
import time

if __package__:
    from . import forged_files, forged_pools
else:
    import forged_files
    import forged_pools

# On a busy machine, wall-clock time exceeds CPU time: a command fails by CPU seconds, and hangs by wall-clock time.
SECONDS, HANG_SECONDS, MEGABYTES = 10, 60, 1000
CRASHES = ("Fatal error", "curate: crashed", "Swift/", "AddressSanitizer", "runtime error", "Stack dump")
# A forged file may stand for another of two in a row that are not.
FORGERIES = [
    (module.__name__.split("_")[-1], forge) for module in (forged_pools, forged_files) for forge in module.FORGERIES]


class Scene:
    """A folder with raw files, good datasets, guesses, and a canary file that no command may touch or reveal."""

    def __init__(self, curate, tokenizer, place):
        self.curate, self.tokenizer, self.place = str(curate), list(tokenizer), place
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        self.canary = place / "outside" / "canary"
        self.canary.parent.mkdir()
        self.canary.write_bytes(b"nobody's business\n" * 100)
        os.utime(self.canary, (1, 1))
        self.raw = place / "raw"
        self.good = []
        subprocess.run([self.curate, "synthesize", self.raw, "--items", "500", "--seed", "1"], check=True, capture_output=True)
        for name, options in (("plain", []), ("packed", ["--gzip", "--shards", "2", "--format", "text", "--format", "chat"])):
            subprocess.run([
                self.curate, "run", self.raw, "--out", place / name, "--quiet", "--rejects", "--train", "100", *options,
                *self.tokenizer], check=True)
            self.good.append(place / name)
        rows = [json.loads(line) for line in (place / "plain" / "test.jsonl").read_text().splitlines()]
        rows += [json.loads(line) for line in (place / "plain" / "train.jsonl").read_text().splitlines()]
        self.id = rows[0]["id"]
        self.guesses = place / "guesses.jsonl"
        self.guesses.write_text("".join(json.dumps({"id": row["id"], "guess": 5}) + "\n" for row in rows))
        self.secrets = [hashlib.sha256(self.canary.read_bytes()).hexdigest(), "nobody's business"]
        for path in ("/etc/shadow", "/etc/passwd"):
            if os.access(path, os.R_OK):
                self.secrets.append(hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest())
        self.outside = self.look()

    def look(self):
        """The state of everything outside the folders that may change."""
        status = self.canary.stat() if self.canary.exists() else None
        return (
            sorted(path.name for path in self.canary.parent.iterdir()), status and (status.st_mtime, status.st_size),
            self.canary.read_bytes() if status else None, sorted(path.name for path in self.raw.iterdir()),
            self.guesses.read_bytes())

    def commands(self, folder):
        """Yields the reading commands and the two writing ones, each with the folder it works on."""
        options = ["--out", folder, "--raw", self.raw, *self.tokenizer]
        yield ["verify", folder, *self.tokenizer], folder
        yield ["inspect", "--random", "--seed", "1", *options], folder
        yield ["inspect", "--json", self.id, *options], folder
        yield ["inspect", "--near", self.id, *options], folder
        yield ["evaluate", "--guesses", self.guesses, "--out", folder, "--quiet"], folder
        for name, arguments in (
                ("split", ["--seed", "7", "--train", "50", "--quiet"]),
                ("run", [self.raw, "--quiet", "--rejects", "--train", "60", *self.tokenizer])):
            copy = self.place / "work" / f"{folder.name}-{name}"
            subprocess.run(["cp", "-a", folder, copy], check=True)
            yield [name, *arguments, "--out", copy], copy

    def run(self, arguments):
        """Returns exit code, output, seconds and megabytes."""
        said = [self.place / "output", self.place / "errors"]
        start = time.monotonic()
        with open(said[0], "wb") as output, open(said[1], "wb") as errors:
            child = subprocess.Popen(
                [self.curate, *arguments], stdout=output, stderr=errors, stdin=subprocess.DEVNULL, cwd=self.place,
                preexec_fn=limit, start_new_session=True)
        while True:
            pid, status, usage = os.wait4(child.pid, os.WNOHANG)
            seconds = time.monotonic() - start
            if pid:
                break
            if seconds > HANG_SECONDS:
                child.kill()
                _, status, usage = os.wait4(child.pid, 0)
                break
            time.sleep(0.001)
        child.returncode = os.waitstatus_to_exitcode(status)
        text = ""
        for path in said:
            with open(path, "rb") as file:
                text += file.read(1 << 20).decode(errors="replace")
        if seconds < HANG_SECONDS:
            seconds = min(seconds, usage.ru_utime + usage.ru_stime)
        return child.returncode, text, seconds, usage.ru_maxrss >> 10


def limit():
    """Sets limits that protect the machine, whatever goes wrong."""
    resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
    resource.setrlimit(resource.RLIMIT_FSIZE, (2 << 30, 2 << 30))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def fault(code, text, seconds, megabytes, scene):
    """What is wrong with how a command ended; empty if nothing."""
    said = [line for line in text.splitlines() if line.strip()]
    words = said[-1] if said else ""
    if seconds > SECONDS:
        return f"{seconds:.0f} s"
    if code < 0 or code in range(129, 160) or any(word in text for word in CRASHES):
        return f"crash {code}: {next((line for line in said if 'rror' in line), words)[:150]}"
    if megabytes > MEGABYTES:
        return f"{megabytes} MB"
    if secret := next((secret for secret in scene.secrets if secret in text), None):
        return f"tells of a file outside: {secret[:20]}"
    if scene.look() != scene.outside:
        return "a file outside has changed"
    if code not in (0, 64, 65, 66, 74, 78) or code and not words.startswith("curate: "):
        return f"exit {code}: {words[:150]}"
    if code == 66 and not re.search("there is no|no such file|neither in|not in the pool|there are no items", text):
        return f"exit 66: {words[:150]}"
    if code == 64 and "another tokenizer" not in text:
        return f"exit 64: {words[:150]}"
    if code == 78:
        return f"exit 78: {words[:150]}"
    return ""


def examine(scene, number, seed, forgery, remark):
    """Forges a dataset and runs every command on it. Returns failures, most seconds, most memory, and exit codes."""
    rng = random.Random(f"{seed} {number}")
    kind, forge = forgery
    folder = scene.place / "work" / "forged"
    shutil.rmtree(folder.parent, ignore_errors=True)
    folder.parent.mkdir()
    shutil.copytree(scene.good[rng.randrange(2)] if kind != "files" or forge.__name__ in ("odd_value", "name") else scene.good[0], folder)
    wrong, slowest, largest, codes = [], 0, 0, []
    try:
        forge(folder, rng, scene)
    except Exception as error:  # A failed forgery leaves the dataset as it is; the commands must survive that, too.
        remark(f"{kind}.{forge.__name__} {number}: {type(error).__name__}: {str(error)[:100]}")
    for arguments, target in scene.commands(folder):
        code, text, seconds, megabytes = scene.run(arguments)
        codes.append(code)
        slowest, largest = max(slowest, seconds), max(largest, megabytes)
        found = fault(code, text, seconds, megabytes, scene)
        if not found and arguments[0] == "run" and code == 0:
            again = scene.run(["verify", target, *scene.tokenizer])
            if again[0] != 0:
                found = f"exits 0, and then verify: {again[1][:150]!r}"
        if found:
            wrong.append(f"{' '.join(map(str, arguments[:2])).replace(str(scene.place), '')}: {found}")
    return wrong, slowest, largest, codes


def drill(count, seed, scene, row, numbers=None, verbose=False):
    """Prints a row for each kind of forgery; a seed and number always give the same one."""
    results = collections.defaultdict(list)
    for number in numbers or range(count):
        forgery = FORGERIES[number % len(FORGERIES)]
        name = f"{forgery[0]}: {forgery[1].__name__.replace('_', ' ')}"
        wrong, slowest, largest, codes = examine(
            scene, number, seed, forgery, lambda text: verbose and print(text, file=sys.stderr))
        results[name].append((not wrong, slowest, largest))
        if verbose:
            print(f"{number} {name}: {' '.join(map(str, codes))}, {slowest:.2f} s, {largest} MB", file=sys.stderr)
        for text in wrong:
            print(f"({number} {name}: {text})", file=sys.stderr, flush=True)
    for name, cases in sorted(results.items()):
        row(f"forged {name}", len(cases), sum(ok for ok, _, _ in cases),
            f"{max(case[1] for case in cases):.1f} s and {max(case[2] for case in cases)} MB at most")
    everything = [case for cases in results.values() for case in cases]
    row(f"forged datasets, seven commands each: 0, or an error that says what is wrong", len(everything), sum(case[0] for case in everything),
        f"{max(case[1] for case in everything):.1f} s and {max(case[2] for case in everything)} MB at most")
    shutil.rmtree(scene.place / "work", ignore_errors=True)


def forged(quick, rng):
    """Datasets from elsewhere, with pools, manifests, splits and recipes that no curate wrote."""
    from .common import PLACE, TOKENIZER, Programs, row
    drill(60 if quick else 500, rng.randrange(1 << 30), Scene(Programs.new, TOKENIZER, PLACE / "forged"), row)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--curate", type=pathlib.Path, required=True)
    parser.add_argument("--tokenizer", type=pathlib.Path, required=True)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--place", type=pathlib.Path, required=True)
    parser.add_argument("--only", type=int, nargs="*", metavar="NUMBER", help="only these of them")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    failed = []

    def row(name, done, survived, remark):
        if survived != done:
            failed.append(name)
        print(f"| {name} | {done} | {survived} | {remark} |", flush=True)

    scene = Scene(options.curate.resolve(), ["--tokenizer", str(options.tokenizer.resolve())], options.place.resolve())
    drill(options.count, options.seed, scene, row, options.only, options.verbose)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
