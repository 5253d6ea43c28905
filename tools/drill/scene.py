"""Folders as a command may find them, and what must hold for them whatever disturbs the command."""
import hashlib
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import urllib.parse

from .common import PLACE, TOKENIZER, Programs, remove
from .shim import LIBRARY, calls
from .shim import environment as shim_environment

NAME = "ds"
SECONDS = 30
# The commands of the scenes, and the options of the existing dataset.
OLD = ["--recipe", "course", "--train", "10", "--format", "text", "--shards", "2"]
# With one task at a time, the calls always come in the same order, so each can be targeted.
RUN = ["run", "{case}/raw", "--rejects", "--jobs", "1"]
INSIDE = ["run", "{case}/ds/raw", "{case}/ds/meta_Automotive.jsonl.gz", "{case}/ds/meta_Toys_and_Games.jsonl.gz",
          "--jobs", "1"]
SPLIT = ["split", "--seed", "7", "--format", "chat", "--shards", "3"]
RAW_FOLDERS = "raw", "below"
# Features that a file system may lack or forbid: settings of the shim.
MODES = {
    "exchange": {},
    "apart": {"refuse": "exchange,noreplace"},
    "fixed": {"pin": "{out}:18"},
    "mount": {"pin": "{out}:16", "wall": "{out}"},
    "inner": {"pin": "{out}/mine:16"},
}
MODE_WORDS = {
    "exchange": "", "apart": "; no RENAME_EXCHANGE, no RENAME_NOREPLACE", "fixed": "; folders of a lower layer (EXDEV)",
    "mount": "; a bind mount (EBUSY, EXDEV)", "inner": "; one of the user's folders is a mount point (EBUSY)",
}


def small_raw(folder):
    """Four small raw files: a run of them makes some hundred mutating calls."""
    kept = {f"meta_{name}.jsonl.gz" for name in ("Automotive", "Electronics", "Toys_and_Games", "Cell_Phones_and_Accessories")}
    subprocess.run(
        [Programs.new, "synthesize", folder, "--items", "40", "--seed", "1"], check=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for path in folder.iterdir():
        if path.name not in kept:
            path.unlink()
    return folder


def digest(path):
    """The digest of a file; for a pool, of its rows, in any order."""
    if path.name != "pool.sqlite":
        return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "no file"
    try:
        # Must not change the pool, not even roll back a journal.
        pool = sqlite3.connect(f"file:{urllib.parse.quote(str(path))}?mode=ro&immutable=1", uri=True)
        try:
            if pool.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                return "damaged"
            rows = pool.execute("SELECT id, category, price, prompt, answer, source, line, details FROM items").fetchall()
            names = pool.execute("SELECT name, items, sum FROM sources").fetchall()
        finally:
            pool.close()
    except sqlite3.Error as error:
        return f"no pool: {error}"
    return hashlib.sha256(repr((sorted(rows), sorted(names))).encode()).hexdigest()


def sources(path):
    """What made a pool, and which files are complete in it, as the next run sees it; rolls back its journal."""
    try:
        pool = sqlite3.connect(path)
        try:
            about = dict(pool.execute("SELECT key, value FROM about"))
            return (about.get("context"), about.get("rejects")), {name for name, in pool.execute("SELECT name FROM sources")}
        finally:
            pool.close()
    except sqlite3.Error:
        return None, set()


class Scene:
    """A folder with a dataset's folder, other files in it and beside it, and a command that writes to it."""

    def __init__(self, name, words, arguments, *, old=(), user=False, waits=False, mode="exchange"):
        self.name, self.words, self.mode = f"{name}-{mode}", words + MODE_WORDS[mode], mode
        self.arguments, self.old, self.has_user, self.waits = list(arguments), old, user, waits
        self.template = PLACE / "sweep" / "scenes" / self.name
        self.user = {}
        self.before = self.after = self.context = None
        self.code = 0
        self.done = self.neighbours = frozenset()

    # Initial state

    def make(self, raw):
        """Makes the template, and runs the command undisturbed. Returns what is wrong then."""
        remove(self.template)
        self.template.mkdir(parents=True)
        out, files = self.template / NAME, sorted(raw.iterdir())
        if self.old:
            done = self.run(self.template, ["run", str(raw), *self.old])
            assert done.returncode == 0, done.stderr
        if self.has_user:
            self.add_user_files(out, files)
        else:
            shutil.copytree(raw, self.template / "raw")
        if self.waits and (problem := self.interrupt()):
            return [problem]
        self.before = self.state(self.template) if out.exists() else None
        case = self.copy("undisturbed")
        self.neighbours = {path.name for path in case.iterdir() if not path.name.startswith(f".{NAME}.")} | {NAME}
        done = self.run(case, quiet=False)
        self.code, self.after = done.returncode, self.state(case)
        self.context = self.context or sources(case / NAME / "pool.sqlite")[0]
        return [f"exit {self.code}: {done.stderr.strip()}"] if self.code else self.problems_after(case, done)

    def add_user_files(self, out, files):
        """Files and folders of all kinds that are not curate's, raw files among them."""
        (out / "raw/below").mkdir(parents=True)
        for number, file in enumerate(files):
            shutil.copy(file, (out, out / "raw", out / "raw/below")[number % 3])
        (out / "notes.txt").write_text("mine\n")
        (out / "mine/deeper").mkdir(parents=True)
        (out / "mine/deeper/inner.txt").write_text("mine, too\n")
        (out / "empty").mkdir()
        (out / ".hidden").write_text("mine as well\n")
        (out / "link").symlink_to("notes.txt")
        (out / "nowhere").symlink_to("../not/there")
        with open(os.fsencode(out) + b"/caf\xe9 \xff.bin", "wb") as file:
            file.write(bytes(range(256)))
        self.user = self.user_files(out, self.output_names(out))

    @staticmethod
    def output_names(out):
        """The dataset's files, from the manifest."""
        manifest = out / "manifest.json"
        outputs = json.loads(manifest.read_text())["outputs"] if manifest.exists() else {}
        return {"manifest.json", "pool.sqlite", *outputs}

    @staticmethod
    def user_files(out, outputs):
        """The content at each of the user's paths."""
        found = {}
        for folder, folders, files in os.walk(out):
            for name in folders + files:
                path = os.path.join(folder, name)
                inner = os.path.relpath(path, out)
                if inner in outputs:
                    continue
                if os.path.islink(path):
                    found[inner] = ("link", os.readlink(path))
                elif os.path.isdir(path):
                    found[inner] = ("folder", None)
                else:
                    with open(path, "rb") as file:
                        found[inner] = ("file", file.read())
        return found

    def interrupt(self):
        """Leaves the state of a run that was killed after two finished files. Returns what is wrong, if anything."""
        log = PLACE / "sweep" / "interrupted.log"
        trial = self.copy("interrupted")
        log.unlink(missing_ok=True)
        done = self.run(trial, RUN, shim={"log": log})
        if done.returncode != 0:
            return f"exit {done.returncode}: {done.stderr.strip()}"
        journals = [
            call.number for call in calls(log)
            if call.name == "unlink" and call.result == 0 and bytes.fromhex(call.details[1]).endswith(b"-journal")]
        self.context = sources(trial / NAME / "pool.sqlite")[0]
        # SQLite removes a journal at the end of each file.
        for number in journals:
            for path in self.template.glob(f".{NAME}.*"):
                remove(path)
            self.run(self.template, RUN, shim={"at": number, "do": "after"})
            self.done = self.waiting(self.template)
            if len(self.done) == 2:
                return None
        return "no interrupted run leaves two files to go on from"

    # Running

    def copy(self, name):
        case = PLACE / "sweep" / name
        remove(case)
        shutil.copytree(self.template, case, symlinks=True)
        return case

    def shell(self, **shim):
        """A shell command, for the folder of scenes, that repeats a case on a copy of this scene with the shim."""
        settings = {**MODES[self.mode], "root": "{case}", **shim}
        words = [f"LD_PRELOAD={LIBRARY}", *(f"DRILL_{name.upper()}={value}" for name, value in settings.items())]
        words += [str(Programs.new), *self.arguments, "--out", "{out}", *(TOKENIZER if self.arguments[0] == "run" else [])]
        line = " ".join(words).replace("{out}", f"{{case}}/{NAME}").replace("{case}", "$PWD/case")
        return f"rm -rf case; cp -a scenes/{self.name} case; {line}"

    def run(self, case, arguments=None, *, shim=None, quiet=True):
        """Runs the command, or another, in a copy of the scene, with the shim."""
        out = case / NAME
        arguments = [part.replace("{case}", str(case)) for part in arguments or self.arguments]
        options = ["--out", str(out), *(TOKENIZER if arguments[0] == "run" else []), *(["--quiet"] if quiet else [])]
        settings = {name: value.replace("{out}", str(out)) for name, value in MODES[self.mode].items()}
        settings.update(shim or {})
        return subprocess.run(
            [Programs.new, *arguments, *options], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, text=True, errors="replace", timeout=SECONDS,
            env=shim_environment(case, **settings))

    # Inspection

    def state(self, case):
        """What is in the dataset's folder and not the user's; None if there is no folder."""
        out = case / NAME
        if not out.is_dir():
            return None
        mine = {path for path in self.user if "/" not in path}
        return {path.name: digest(path) for path in sorted(out.iterdir()) if path.name not in mine}

    def lost(self, case, is_final=True):
        """The user's files that were moved, removed or changed."""
        out, lost = case / NAME, []
        for name, (kind, content) in self.user.items():
            path = out / name
            try:
                if kind == "link":
                    is_same = os.readlink(path) == content
                elif kind == "folder":
                    is_same = path.is_dir() and not (is_final and path.is_symlink())
                else:
                    is_same = path.read_bytes() == content
            except OSError:
                is_same = False
            if not is_same:
                lost.append(name)
        return lost

    def contradicted(self, out):
        """Whether there is a manifest that does not match the files."""
        try:
            outputs = json.loads((out / "manifest.json").read_bytes())["outputs"]
            return any(
                hashlib.sha256((out / name).read_bytes()).hexdigest() != output["sha256"] for name, output in outputs.items())
        except FileNotFoundError as error:
            return pathlib.Path(error.filename).name != "manifest.json"

    def waiting(self, case):
        """The files that an interrupted run of this kind has finished, according to its pool."""
        aside, done = PLACE / "sweep" / f"{case.name}.look", set()
        for pool in case.glob(f".{NAME}.*"):
            for path in [pool] if pool.is_file() else pool.rglob("*.sqlite"):
                if path.suffix != ".sqlite":
                    continue
                remove(aside)
                aside.mkdir()
                for part in path.parent.glob(path.name + "*"):
                    shutil.copy(part, aside / part.name)
                context, names = sources(aside / path.name)
                if self.context in (None, context) and len(names) > len(done):
                    done = names
        remove(aside)
        return done

    # What must hold

    def problems_at_once(self, case):
        """What is wrong right after a crash, before any recovery."""
        if self.mode in ("fixed", "mount", "inner"):
            # Files are replaced one by one, but never the user's.
            problems = ["torn"] if self.contradicted(case / NAME) else []
            return problems + (["hidden"] if self.lost(case, is_final=False) else [])
        state = self.state(case)
        if state is None and self.mode == "apart":
            return []
        problems = [] if state in (self.before, self.after) else ["torn"]
        if self.mode == "exchange" and self.lost(case, is_final=False):
            problems.append("hidden")
        return problems

    def problems_after(self, case, done):
        """What is wrong after the same command has run again to its end."""
        problems = []
        if done.returncode != self.code:
            problems.append(f"failing ({done.returncode})")
        elif self.state(case) != self.after:
            problems.append("other bytes")
        if self.lost(case):
            problems.append("lost")
        if self.waits and self.arguments[0] != "run":
            again = self.run(case, RUN, quiet=False)
            if again.returncode != 0:
                problems.append(f"failing later ({again.returncode})")
            elif taken_over(again.stderr) < len(self.done):
                problems.append("progress lost")
        if {path.name for path in case.iterdir()} - self.neighbours:
            problems.append("left beside")
        return problems


def taken_over(message):
    """How many files a run reports to have reused from an earlier one."""
    text = " ".join(message.split())
    some = re.search(r"([\d,]+) of them from an earlier run", text)
    whole = re.search(r"in ([\d,]+) files? of an earlier run", text)
    found = some or whole
    return int(found[1].replace(",", "")) if found else 0
