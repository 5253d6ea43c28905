"""Concurrent writers and readers of one folder, and an observer that checks it without a pause."""
import collections
import hashlib
import json
import multiprocessing
import os
import random
import sqlite3
import subprocess
import sys
import threading
import time

from . import shim
from .common import PLACE, TOKENIZER, Programs, remove, row

SECONDS = 60
REFUSAL = "another run is writing to this folder"
# Makes operations of several steps take longer than normal.
DELAYS = "flock:~20,rename:~20,mkdir:~10,link:~5,unlink:~3,rmdir:~10,sync:~3,open:~1"


class Counts:
    """The outcomes of the commands of one kind, counted by all threads."""

    def __init__(self):
        self.done = self.fine = self.refused = 0
        self.faults = collections.Counter()

    def add(self, code, message, allowed):
        self.done += 1
        words = " ".join(message.split())
        if code == 0:
            self.fine += 1
        elif code == 74 and any(part in words for part in allowed):
            self.fine += 1
            self.refused += 1
        else:
            self.faults[f"exit {code}: {words[-120:]}".replace("|", "/")] += 1

    def row(self, words):
        faults = "; ".join(f"{count} × {fault}" for fault, count in self.faults.most_common(3))
        row(words, self.done, self.fine, f"{self.refused:,} refused" + (f"; {faults}" if faults else ""))


CHANGED = "changed while it was looked at"


def observe(folder, end, answers):
    """Checks the folder until `end` is set: it must exist, be the dataset of one run, and have the user's files."""
    looks, unsure, faults = 0, 0, collections.Counter()
    while not end.is_set():
        fault = look(folder)
        if fault == CHANGED:
            unsure += 1
            continue
        looks += 1
        if fault:
            faults[fault] += 1
    answers.put((looks, unsure, faults))


def look(folder):
    """What is wrong with the folder; CHANGED if that cannot be determined."""
    try:
        place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        return "the folder is not there"
    try:
        before = os.fstat(place)
        fault = look_in(place)
        now, at_path = os.fstat(place), os.stat(folder)
        is_same = now.st_ctime_ns == before.st_ctime_ns and now.st_mtime_ns == before.st_mtime_ns
        return fault if is_same and at_path.st_ino == now.st_ino else CHANGED
    except FileNotFoundError:
        return "the folder is not there"
    finally:
        os.close(place)


def look_in(place):
    def read(name):
        with open(os.open(name, os.O_RDONLY, dir_fd=place), "rb") as file:
            return file.read()

    try:
        manifest = json.loads(read("manifest.json"))
        for name, output in manifest["outputs"].items():
            if hashlib.sha256(read(name)).hexdigest() != output["sha256"]:
                return f"{name} is of another run"
        if not {"README.md", "report.html"} <= manifest["outputs"].keys():
            return "card or report is missing"
        pool = sqlite3.connect(f"file:/proc/self/fd/{place}/pool.sqlite?mode=ro&immutable=1", uri=True)
        try:
            items, = pool.execute("SELECT count(*) FROM items").fetchone()
            recipe, = pool.execute("SELECT value FROM about WHERE key = 'recipe'").fetchone()
        finally:
            pool.close()
        if items != manifest["pool"]["items"] or hashlib.sha256(recipe.encode()).hexdigest() != manifest["recipe"]["sha256"]:
            return "pool.sqlite is of another run"
        if read("notes.txt") != b"mine\n" or not os.stat("mine/inner.txt", dir_fd=place).st_size:
            return "the user's files are others"
    except FileNotFoundError as error:
        return f"{error.filename} is missing"
    except sqlite3.Error as error:
        return f"pool.sqlite: {error}"
    return None


class Crowd:
    def __init__(self, rng):
        self.place = PLACE / "crowd"
        self.out, self.rng = self.place / "ds", rng
        remove(self.place)
        self.place.mkdir()
        self.lock, self.end = threading.Lock(), time.monotonic()
        self.raw, self.half = self.place / "raw", self.place / "half"
        self.curate("synthesize", self.raw, "--items", "300", "--seed", "1")
        self.half.mkdir()
        for path in sorted(self.raw.iterdir())[:4]:
            os.link(path, self.half / path.name)
        # Holds out enough for a test split.
        self.recipe = self.place / "recipe.yaml"
        text = self.curate("steps", "--recipe", "pricer").stdout
        self.recipe.write_text(text.replace("per-thousand: 10", "per-thousand: 300"))
        self.counts = collections.defaultdict(Counts)

    def curate(self, *arguments, **settings):
        return subprocess.run(
            [Programs.new, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            errors="replace", cwd=self.place, **{"timeout": SECONDS, **settings})

    def writers(self):
        mine = ["--recipe", self.recipe]
        run, out = ["run", self.raw], ["--out", self.out, "--quiet"]
        yield "run", lambda: [*run, *mine, *TOKENIZER, *out]
        yield "run --recipe course --anew", lambda: [*run, "--recipe", "course", "--train", "40", "--anew", *TOKENIZER, *out]
        yield "run of half the files", lambda: ["run", self.half, *mine, "--jobs", "1", *TOKENIZER, *out]
        yield "run --anew --rejects", lambda: [*run, *mine, "--anew", "--rejects", *TOKENIZER, *out]
        yield "split --seed", lambda: ["split", "--seed", str(random.randrange(100)), *out]
        yield "split --format --shards", lambda: ["split", "--format", "text", "--shards", str(random.randint(1, 4)), *out]

    def readers(self):
        pool = sqlite3.connect(self.out / "pool.sqlite")
        ids = [name for name, in pool.execute("SELECT id FROM items ORDER BY id")]
        pool.close()
        guesses = self.place / "guesses.jsonl"
        guesses.write_text("".join(json.dumps({"id": name, "guess": 50}) + "\n" for name in ids))
        inspect = ["--out", self.out, "--raw", self.raw, *TOKENIZER]
        yield "verify", lambda: ["verify", self.out, *TOKENIZER]
        yield "inspect --random", lambda: ["inspect", "--random", *inspect]
        yield "inspect ID", lambda: ["inspect", random.choice(ids), *inspect]
        yield "evaluate", lambda: ["evaluate", "--guesses", guesses, "--out", self.out, "--quiet"]

    def loop(self, name, arguments, is_writer, has_shim, kills):
        rng = random.Random(f"{name}-{self.rng.random()}")
        while time.monotonic() < self.end:
            settings = {}
            if has_shim and is_writer and rng.random() < 0.5:
                settings["env"] = shim.environment(self.place, delay=DELAYS)
            # Killed if it does not end in time.
            is_killed = is_writer and rng.random() < kills
            settings["timeout"] = rng.uniform(0.02, 0.6) if is_killed else SECONDS
            try:
                done = self.curate(*arguments(), **settings)
                code, message = done.returncode, done.stderr if done.returncode else ""
                if code == 65 and name == "verify":
                    message = done.stdout
            except subprocess.TimeoutExpired:
                if is_killed:
                    continue
                code, message = "none", f"hangs for {SECONDS} seconds"
            with self.lock:
                self.counts[name].add(code, message, [REFUSAL] if is_writer else [REFUSAL, "replaced"])
            if code == 74:
                time.sleep(rng.uniform(0, 0.1))


def crowd(quick, rng):
    """Six writers and four readers in a loop for five minutes; then again, with writers killed."""
    has_shim = shim.build()
    phase("a crowd of ten", 20 if quick else 300, 0, has_shim, rng)
    phase("a crowd, and writers are killed", 10 if quick else 60, 0.3, has_shim, rng)


def phase(words, seconds, kills, has_shim, rng):
    work = Crowd(rng)
    writers = list(work.writers())
    # First the fewest files: every pool has their items.
    first = work.curate(*writers[2][1]())
    assert first.returncode == 0, first.stderr
    (work.out / "notes.txt").write_text("mine\n")
    (work.out / "mine").mkdir()
    (work.out / "mine/inner.txt").write_text("mine, too\n")
    readers = list(work.readers())
    process = multiprocessing.get_context("fork")
    end, answers = process.Event(), process.Queue()
    observer = process.Process(target=observe, args=(work.out, end, answers))
    observer.start()
    work.end = time.monotonic() + seconds
    threads = [
        threading.Thread(target=work.loop, args=(name, arguments, is_writer, has_shim, kills))
        for kind, is_writer in ((writers, True), (readers, False)) for name, arguments in kind]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    end.set()
    looks, unsure, faults = answers.get(timeout=SECONDS)
    observer.join()
    for name, _ in writers + readers:
        work.counts[name].row(f"{words}: `{name}`")
    row(f"{words}: the folder, looked at without a pause, is one run's", looks, looks - faults.total(),
        "; ".join([f"{unsure:,} more looks met a change", *(f"{count} × {fault}" for fault, count in faults.most_common(3))]))
    # The next run recovers from the kills.
    problem = told(work.curate(*writers[0][1]())) if kills else ""
    problem = problem or state_at_end(work)
    row(f"{words}: at the end it verifies, and nothing is left beside it", 1, int(not problem), problem)
    if problem:
        kept = PLACE / f"crowd-{'killed' if kills else 'whole'}"
        remove(kept)
        work.place.rename(kept)
        print(f"(the folder is kept: {kept})", file=sys.stderr)
    remove(work.place)


def told(done):
    if done.returncode == 0:
        return ""
    return f"exit {done.returncode}: {' '.join((done.stdout + done.stderr).split())[:160]}".replace("|", "/")


def state_at_end(work):
    problem = told(work.curate("verify", work.out, *TOKENIZER))
    if problem:
        return problem
    left = [path.name for path in work.place.glob(".ds.*")]
    if left:
        return f"left beside it: {', '.join(left)}"
    return look(work.out) or ""
