"""Faults that were found and fixed, one by one: the user's files, traces of other programs in the pool, planted
links, file systems that lack features. The numbers are those of the faults."""
import os
import shutil
import sqlite3
import stat
import subprocess
import sys

from . import shim
from .common import PLACE, TOKENIZER, Programs, remove, row
from .moments import MOMENTS
from .scene import small_raw

OLD = ["--recipe", "course", "--train", "10"]
NOBODY = 65534


class Place:
    """A folder with raw files, and the commands on the dataset `ds` in it."""

    def __init__(self):
        self.path = PLACE / "faults"
        remove(self.path)
        (self.path / "shared").mkdir(parents=True)
        self.raw = small_raw(self.path / "raw")
        # Links may be planted beside the dataset, in a folder that others can write to.
        self.out = self.path / "shared/ds"

    def curate(self, *arguments, **settings):
        return subprocess.run(
            [Programs.new, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            errors="replace", timeout=60, **settings)

    def run(self, *options, **settings):
        return self.curate("run", self.raw, "--out", self.out, "--quiet", *TOKENIZER, *options, **settings)

    def split(self, *options):
        return self.curate("split", "--out", self.out, "--quiet", *options)

    def again(self):
        """Empties the place for the dataset, and everything beside it."""
        for path in self.out.parent.iterdir():
            remove(path)

    def make(self, *options):
        self.again()
        done = self.run(*(options or OLD))
        assert done.returncode == 0, done.stderr

    def problem(self, done=None, codes=(0,)):
        """What is wrong with a dataset after a command that should have ended with one of the codes."""
        if done and done.returncode not in codes:
            return told(done)
        check = self.curate("verify", self.out, *TOKENIZER)
        if check.returncode != 0:
            return f"exit 0, and then: {told(check)}" if done else told(check)
        left = sorted(path.name for path in self.out.parent.glob(".ds.*"))
        return f"left beside: {', '.join(left)}" if left else ""


def told(done):
    return f"exit {done.returncode}: {' '.join((done.stderr + done.stdout).split())[:110]}"


def first(problems):
    """The first problem, if there is any."""
    return next((problem for problem in problems if problem), "")


def users_files(place, kind):
    """2: files and folders that have the name of an output and are not one."""
    for name in ("manifest.json", "pool.sqlite", "pool.sqlite-journal", "pool.sqlite-wal", "rejects.jsonl.gz", "train.jsonl",
                 "README.md"):
        place.again()
        path = place.out / name
        if kind == "files":
            place.out.mkdir()
            path.write_text("mine\n")
            inner = path
        else:
            path.mkdir(parents=True)
            inner = path / "inner.txt"
            inner.write_text("mine\n")
        for _ in range(2):
            done = place.run()
            if not inner.is_file() or inner.read_text() != "mine\n":
                yield f"{name} is gone after exit {done.returncode}"
            elif done.returncode not in (0, 74) or (done.returncode and name not in done.stderr):
                yield told(done)
            elif list(place.out.parent.glob(".ds.*")):
                yield f"{name}: {sorted(path.name for path in place.out.parent.glob('.ds.*'))[0]} is left beside"


def rejects_of_mine(place):
    """2: the dataset has no rejects file; the one in its folder is the user's."""
    place.make()
    path = place.out / "rejects.jsonl.gz"
    path.write_bytes(b"mine")
    done = place.run()
    return "" if path.exists() and path.read_bytes() == b"mine" else f"it is gone after exit {done.returncode}"


def edited(place, name, command):
    """2: an output that the user has edited is the user's."""
    place.make()
    path = place.out / name
    text = path.read_bytes() + b"my own words\n"
    path.write_bytes(text)
    done = command()
    if any(other.is_file() and other.read_bytes() == text for other in place.out.rglob("*")):
        return ""
    return f"it is gone after exit {done.returncode}"


def other_program(place, statements, *, wal=False, kill=None):
    """Runs statements on the pool with SQLite; dies without closing it if asked."""
    script = f"""
import os, sqlite3, sys
pool = sqlite3.connect(sys.argv[1], isolation_level=None)
for statement in {statements!r}:
    pool.execute(statement).fetchall()
{"os._exit(0)" if wal else "pool.close()"}
"""
    pool = place.out / "pool.sqlite"
    environment = None
    if kill:
        log = place.path / "calls.log"
        trial = place.path / "trial"
        shutil.copytree(place.out, trial)
        subprocess.run(
            [sys.executable, "-c", script, trial / "pool.sqlite"], check=True, env=shim.environment(trial, log=log))
        number = next(call.number for call in shim.calls(log) if call.name == kill)
        remove(trial)
        log.unlink()
        environment = shim.environment(place.out, at=number, do="before")
    subprocess.run([sys.executable, "-c", script, pool], env=environment, stderr=subprocess.DEVNULL)


def pool_state(place, kind, command):
    """3: another program left the pool in some state; a command must still make a whole dataset, twice."""
    place.make()
    if kind == "a -wal left over":
        other_program(place, [
            "PRAGMA journal_mode=wal", "PRAGMA wal_autocheckpoint=0", "CREATE TABLE mine (x)",
            "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 20000) "
            "INSERT INTO mine SELECT x FROM n"],
            wal=True)
        assert (place.out / "pool.sqlite-wal").stat().st_size > 0
    elif kind == "WAL mode, closed":
        other_program(place, ["PRAGMA journal_mode=wal", "SELECT count(*) FROM items"])
    else:
        other_program(place, ["UPDATE items SET prompt = prompt || 'x'"], kill="unlink")
        assert (place.out / "pool.sqlite-journal").stat().st_size > 0
    before = {path.name for path in place.out.iterdir() if not path.name.startswith("pool.sqlite-")}
    for _ in range(2):
        done = command()
        is_whole = before <= {path.name for path in place.out.iterdir()}
        if done.returncode in (65, 74) and kind != "WAL mode, closed" and "pool.sqlite" in done.stderr and is_whole:
            # A pool with another program's unfinished work may be refused with a message; then a run repairs it.
            if command == place.run:
                return told(done)
            done = place.run()
        problem = place.problem(done)
        if problem:
            return problem
        left = sorted(path.name for path in place.out.glob("pool.sqlite-*"))
        if left:
            return f"{left[0]} is beside the new pool"
        pool = sqlite3.connect(place.out / "pool.sqlite")
        check = pool.execute("PRAGMA integrity_check").fetchone()[0]
        pool.close()
        if check != "ok":
            return f"exit 0, and the pool: {check[:80]}"
    return ""


def own(path):
    """Gives a planted path to another user, if possible."""
    if os.geteuid() == 0:
        os.lchown(path, NOBODY, NOBODY)


def planted(place, *, has_dataset):
    """5: links that another user plants where a run creates its files."""
    victim = place.path / "victim"
    folders = ".ds.partial", ".ds.partial.old", ".ds.curate", ".ds.curate/new"
    files = ".ds.earlier.sqlite", ".ds.curate/lock", ".ds.curate/earlier.sqlite", ".ds.partial/pool.sqlite", \
        ".ds.partial/train.jsonl", ".ds.curate/new/train.jsonl"
    for name in folders + files:
        place.make() if has_dataset else place.again()
        remove(victim)
        victim.mkdir()
        for inner in ("pool.sqlite", "manifest.json", "README.md", "train.jsonl", "keep.txt"):
            (victim / inner).write_text("the victim's\n")
        before = listing(victim)
        shared = place.out.parent
        os.chmod(shared, 0o1777)
        path = shared / name
        for folder in list(path.parents)[len(name.split("/")) - 2::-1] if "/" in name else ():
            folder.mkdir()
            os.chmod(folder, 0o777)
            own(folder)
        path.symlink_to(victim if name in folders else victim / "keep.txt")
        own(path)
        done = place.run()
        if listing(victim) != before:
            yield f"{name}: the victim's files are others"
        elif place.out.is_symlink():
            yield f"{name}: the dataset is the attacker's link"
        elif done.returncode not in (0, 74):
            yield f"{name}: {told(done)}"
        elif done.returncode == 0 and place.curate("verify", place.out, *TOKENIZER).returncode != 0:
            yield f"{name}: exit 0, and it does not verify"
        elif done.returncode == 0 and {path.lstat().st_uid for path in [place.out, *place.out.iterdir()]} != {os.geteuid()}:
            yield f"{name}: the attacker owns a part of the dataset"


def listing(folder):
    return {
        (path.name, stat.S_IFMT(path.lstat().st_mode), path.read_bytes() if path.is_file() else b"")
        for path in folder.iterdir()}


def mounted(place, kind):
    """6: a folder in a lower layer, or itself a mount point, cannot be renamed. None if this cannot be tried."""
    place.make()
    shared, aside = place.out.parent, place.path / "layers"
    (place.out / "notes.txt").write_text("mine\n")
    (place.out / "mine").mkdir()
    (place.out / "mine/inner.txt").write_text("mine, too\n")
    remove(aside)
    if kind == "overlay":
        aside.mkdir()
        for name in ("upper", "work"):
            (aside / name).mkdir()
        shutil.copytree(shared, aside / "lower")
        layers = f"lowerdir={aside}/lower,upperdir={aside}/upper,workdir={aside}/work"
        options = ["-t", "overlay", "none", "-o", layers, shared]
    else:
        shutil.copytree(place.out, aside)
        options = ["--bind", aside, place.out]
    if os.geteuid() != 0 or subprocess.run(["mount", *options], stderr=subprocess.DEVNULL).returncode != 0:
        return None
    try:
        for command in (place.run, place.split, place.run):
            problem = place.problem(command())
            if problem:
                return problem
            for name, text in (("notes.txt", "mine\n"), ("mine/inner.txt", "mine, too\n")):
                if not (place.out / name).is_file() or (place.out / name).read_text() != text:
                    return f"{name} is gone"
        return ""
    finally:
        subprocess.run(["umount", options[-1]], check=True)


CASES = [
    *MOMENTS,
    (2, "the user's files have the names of outputs, no dataset there", lambda place: first(users_files(place, "files"))),
    (2, "the user's folders have the names of outputs", lambda place: first(users_files(place, "folders"))),
    (2, "the user's `rejects.jsonl.gz` in a dataset that has none", rejects_of_mine),
    (2, "a card that was edited, `run`", lambda place: edited(place, "README.md", place.run)),
    (2, "a card that was edited, `split`", lambda place: edited(place, "README.md", place.split)),
    (2, "a split that was edited, `run`", lambda place: edited(place, "train.jsonl", place.run)),
    *((3, f"the pool has been left with {kind}, `{name}`",
       lambda place, kind=kind, name=name: pool_state(place, kind, getattr(place, name)))
      for kind in ("a -wal left over", "WAL mode, closed", "a hot journal") for name in ("run", "split")),
    (5, "planted links, no dataset yet", lambda place: first(planted(place, has_dataset=False))),
    (5, "planted links beside a dataset", lambda place: first(planted(place, has_dataset=True))),
    (6, "a dataset in the lower layer of an overlay", lambda place: mounted(place, "overlay")),
    (6, "a dataset's folder that is a bind mount", lambda place: mounted(place, "bind")),
]


def faults(quick, rng):
    """Each fixed fault, with this program and with an older one."""
    if not shim.build():
        return
    for number, words, check in sorted(CASES, key=lambda case: case[0]):
        answers = []
        now = Programs.new
        for program in filter(None, (Programs.old, now)):
            Programs.new = program
            try:
                place = Place()
                answers.append(check(place))
            except (subprocess.TimeoutExpired, AssertionError, OSError) as error:
                answers.append(f"{type(error).__name__}: {str(error)[:110]}")
            finally:
                Programs.new = now
        if answers[-1] is None:
            print(f"(nothing can be mounted here: left out: {words})", file=sys.stderr)
            continue
        before = f"before: {answers[0] or 'survived'}" if len(answers) == 2 else ""
        remark = "; ".join(filter(None, (answers[-1] and f"now: {answers[-1]}", before)))
        row(f"{number}. {words}", 1, int(not answers[-1]), remark.replace("|", "/").replace(f"{PLACE}/", ""))
    remove(PLACE / "faults")
