"""Kills and fails every mutating call of `run` and `split`, and cuts the power behind each."""
import errno
import queue
import random
import subprocess
from concurrent.futures import ThreadPoolExecutor

from . import power, shim
from .common import PLACE, Programs, remove, row
from .scene import MODES, Scene, taken_over
from .tally import Tally, spread

# Processes at a time.
WORKERS = 2
OLD = ["--recipe", "course", "--train", "10", "--format", "text", "--shards", "2"]
RUN = ["run", "{case}/raw", "--rejects", "--jobs", "2"]
INSIDE = ["run", "{case}/ds/raw", *(f"{{case}}/ds/meta_{name}.jsonl.gz" for name in ("Automotive", "Toys_and_Games")), "--jobs", "2"]
SPLIT = ["split", "--seed", "7", "--format", "chat", "--shards", "3"]
# What a call may fail with.
ERRORS = {
    "create": "ENOSPC EACCES EIO EMFILE", "write": "ENOSPC EIO EDQUOT", "sync": "EIO ENOSPC", "rename": "EIO ENOSPC EACCES EBUSY",
    "link": "EPERM EMLINK EXDEV ENOSPC", "symlink": "EPERM ENOSPC", "unlink": "EIO EACCES EBUSY", "rmdir": "EIO EBUSY",
    "mkdir": "ENOSPC EACCES EIO", "mode": "EPERM EIO", "owner": "EPERM EIO", "truncate": "EIO", "allocate": "ENOSPC EOPNOTSUPP",
}


def scenes():
    def all_modes(*arguments, modes=MODES, **settings):
        return [Scene(*arguments, mode=mode, **settings) for mode in modes]

    yield from all_modes("fresh", "`run`, nothing there", RUN, modes=("exchange", "apart"))
    yield from all_modes("over", "`run` over another dataset", RUN, old=OLD, modes=("exchange",))
    yield from all_modes("inside", "`run` over one with the user's files, raw files inside", INSIDE, old=OLD, user=True)
    yield from all_modes("split", "`split` of one with the user's files", SPLIT, old=OLD, user=True)
    yield from all_modes("resume", "`run` that goes on from an interrupted one", RUN, old=OLD, waits=True, modes=("exchange", "apart"))
    yield from all_modes("waiting", "`split` while an interrupted run's files wait", SPLIT, old=OLD, waits=True, modes=("exchange", "fixed"))


class Sweep:
    def __init__(self, quick, rng):
        self.quick, self.seed = quick, rng.random()
        self.places = queue.Queue()
        for number in range(WORKERS):
            self.places.put(f"case-{number}")

    def rng(self, *key):
        return random.Random(repr((self.seed, *key)))

    def each(self, tally, check, cases):
        """Lets `check` look at each case, some at a time, each in a folder of its own."""
        def one(case):
            name = self.places.get()
            try:
                return case, check(name, *case)
            except subprocess.TimeoutExpired:
                return case, ["hanging"]
            finally:
                self.places.put(name)

        with ThreadPoolExecutor(WORKERS) as workers:
            for case, problems in workers.map(one, cases):
                tally.add(" ".join(str(part) for part in case), problems)
        tally.row()

    # One case each

    def again(self, scene, case, problems, done=frozenset()):
        """Runs the command again, which must heal everything."""
        result = scene.run(case, quiet=False)
        problems += scene.problems_after(case, result)
        if scene.arguments[0] == "run" and result.returncode == 0 and taken_over(result.stderr) < len(done):
            problems.append("progress lost")
        return problems

    def killed(self, scene):
        def check(name, number, what, *_):
            case = scene.copy(name)
            scene.run(case, shim={"at": number, "do": what})
            problems = scene.problems_at_once(case)
            return self.again(scene, case, problems, scene.waiting(case) if scene.arguments[0] == "run" else ())
        return check

    def failed(self, scene, **settings):
        def check(name, number, what, *_):
            case = scene.copy(name)
            code = getattr(errno, what, what)
            result = scene.run(case, shim={"at": number, "do": code, **settings})
            problems = self.problems_of_failure(scene, case, result)
            return self.again(scene, case, problems, scene.waiting(case) if scene.arguments[0] == "run" else ())
        return check

    @staticmethod
    def problems_of_failure(scene, case, result):
        """A run that met an error has said so, or has got by without."""
        problems = []
        # 66 is of raw files that cannot be listed.
        if result.returncode not in (0, 66, 74) or (result.returncode and "curate: " not in result.stderr):
            problems.append(f"odd end ({result.returncode})")
        if result.returncode == 0 and (scene.state(case) != scene.after or scene.lost(case)):
            problems.append("0 for nothing")
        return problems + scene.problems_at_once(case)

    def killed_twice(self, scene):
        """Killed while it puts outputs in place, and once more while the next run heals that."""
        def check(name, number, second, *_):
            case = scene.copy(name)
            scene.run(case, shim={"at": number, "do": "before"})
            done = scene.waiting(case) if scene.arguments[0] == "run" else ()
            scene.run(case, shim={"at": second, "do": "before"})
            return self.again(scene, case, scene.problems_at_once(case), done)
        return check

    # All cases of a scene

    def trace(self, scene, **settings):
        log = PLACE / "sweep" / "calls.log"
        log.unlink(missing_ok=True)
        scene.run(scene.copy("traced"), shim={"log": log, **settings})
        return shim.calls(log)

    def scene(self, scene, raw):
        problems = scene.make(raw)
        if problems:
            row(f"undisturbed: {scene.words}", 1, 0, "; ".join(problems)[:200].replace("|", "/"))
            if scene.code or scene.after is None or scene.after == scene.before:
                return
        calls, rng, quick = self.trace(scene), self.rng(scene.name), self.quick
        # Behind the last file that is written, outputs are put in place. Before it, the modes do not differ.
        last_write = max(call.number for call in calls if call.name == "write")
        early, late = range(1, last_write + 1), range(last_write + 1, len(calls) + 1)
        early = spread(early, 7 if quick else 12 if scene.mode != "exchange" else len(early))
        late = spread(late, 7 if quick else len(late))
        numbers = early + late

        def cases(numbers, *what):
            return [(number, *what, calls[number - 1]) for number in numbers]

        self.each(
            Tally(f"killed at every call: {scene.words}"), self.killed(scene),
            cases(numbers, "before") + cases([len(calls)], "after"))
        self.each(
            Tally(f"killed, and again in the next run: {scene.words}"), self.killed_twice(scene),
            [(number, rng.randint(1, 12), calls[number - 1]) for number in late])
        fails = []
        for number in numbers:
            errors = ERRORS.get(calls[number - 1].name, "EIO").split()
            for what in rng.sample(errors, min(len(errors), 1 if quick or number <= last_write else 2)):
                fails += cases([number], what)
        self.each(Tally(f"every call fails: {scene.words}"), self.failed(scene), fails)
        if scene.mode == "exchange":
            shorts = [call.number for call in calls if call.name == "write"]
            self.each(
                Tally(f"half of it is written: {scene.words}"), self.failed(scene),
                cases(spread(shorts, 3 if quick else 30), "short"))
            self.each(
                Tally(f"the disk is full from a call on: {scene.words}"), self.failed(scene, until=1_000_000),
                cases(spread(numbers, 4 if quick else 40), "ENOSPC"))
        lists = [(call.number, "EIO", call) for call in self.trace(scene, kinds="list")]
        self.each(
            Tally(f"no folder can be listed, from a call on: {scene.words}"),
            self.failed(scene, kinds="list", until=1_000_000), spread(lists, 6 if quick else 60))
        power.cuts(self, scene, numbers)


def sweep(quick, rng):
    if not shim.build():
        return
    remove(PLACE / "sweep")
    (PLACE / "sweep").mkdir()
    Tally.report.unlink(missing_ok=True)
    raw = small_raw()
    work = Sweep(quick, rng)
    for scene in scenes():
        work.scene(scene, raw)
    remove(PLACE / "sweep")
    if Tally.report.exists():
        print(f"(what did not survive: {Tally.report})", flush=True)


def small_raw():
    """Four small raw files: a run of them makes some hundred mutating calls."""
    folder = PLACE / "sweep" / "made"
    subprocess.run(
        [Programs.new, "synthesize", folder, "--items", "40", "--seed", "1"], check=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    kept = {f"meta_{name}.jsonl.gz" for name in ("Automotive", "Electronics", "Toys_and_Games", "Cell_Phones_and_Accessories")}
    for path in folder.iterdir():
        if path.name not in kept:
            path.unlink()
    return folder
