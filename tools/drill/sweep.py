"""Kills `run` and `split` at every mutating call, fails each call, and cuts the power after each."""
import errno
import queue
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from . import power, shim
from .common import PLACE, remove, row
from .scene import INSIDE, MODES, OLD, RAW_FOLDERS, RUN, SPLIT, Scene, small_raw, taken_over
from .tally import Tally, spread

# Concurrent processes.
WORKERS = 2
# The errors that each call may fail with.
ERRORS = {
    "create": "ENOSPC EACCES EIO EMFILE", "write": "ENOSPC EIO EDQUOT", "sync": "EIO ENOSPC", "rename": "EIO ENOSPC EACCES EBUSY",
    "link": "EPERM EMLINK EXDEV ENOSPC", "symlink": "EPERM ENOSPC", "unlink": "EIO EACCES EBUSY", "rmdir": "EIO EBUSY",
    "mkdir": "ENOSPC EACCES EIO", "mode": "EPERM EIO", "owner": "EPERM EIO", "truncate": "EIO", "allocate": "ENOSPC EOPNOTSUPP",
}


def scenes():
    def all_modes(*arguments, modes=MODES, **settings):
        return [Scene(*arguments, mode=mode, **settings) for mode in modes]

    yield from all_modes("fresh", "`run`, nothing there", RUN, modes=("exchange", "apart"))
    yield Scene("over", "`run` over another dataset, two jobs", [*RUN[:-1], "2"], old=OLD)
    yield from all_modes("inside", "`run` over one with the user's files, raw files inside", INSIDE, old=OLD, user=True)
    yield from all_modes("bare", "`run` into a folder of the user's", INSIDE, user=True, modes=("exchange", "apart"))
    yield from all_modes("split", "`split` of one with the user's files", SPLIT, old=OLD, user=True)
    yield from all_modes("resume", "`run` that goes on from an interrupted one", RUN, old=OLD, waits=True, modes=("exchange", "apart"))
    yield from all_modes("waiting", "`split` while an interrupted run's files wait", SPLIT, old=OLD, waits=True, modes=("exchange", "fixed"))


def publish_start(calls):
    """The last call before outputs are published: the manifest is the last file created."""
    numbers = [call.number for call in calls if call.name == "create" and is_named(call, "manifest.json")]
    return max(numbers or [call.number for call in calls if call.name == "write"])


def is_named(call, name, at=1):
    return len(call.details) > at and call.details[at] == name.encode().hex()


class Sweep:
    def __init__(self, quick, rng):
        self.quick, self.seed = quick, rng.random()
        self.places = queue.Queue()
        for number in range(WORKERS):
            self.places.put(f"case-{number}")

    def rng(self, *key):
        return random.Random(repr((self.seed, *key)))

    def each(self, tally, check, cases):
        """Runs `check` on all cases, some in parallel, each in its own folder. Returns the tally."""
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
                tally.add(" ".join(str(part) for part in case), problems, check.again(*case))
        return tally

    # Single cases

    def again(self, scene, case, problems, done=frozenset()):
        """Runs the command again, which must repair everything."""
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

        check.again = lambda number, what, *_: scene.shell(at=number, do=what)
        return check

    def failed(self, scene, **settings):
        def check(name, number, what, *_):
            case = scene.copy(name)
            code = getattr(errno, what, what)
            result = scene.run(case, shim={"at": number, "do": code, **settings})
            problems = self.problems_of_failure(scene, case, result)
            return self.again(scene, case, problems, scene.waiting(case) if scene.arguments[0] == "run" else ())

        check.again = lambda number, what, *_: scene.shell(at=number, do=getattr(errno, what, what), **settings)
        return check

    @staticmethod
    def problems_of_failure(scene, case, result):
        """A run that met an error must have reported it, or succeeded without the call."""
        problems = []
        # 66 is for raw files that cannot be listed.
        if result.returncode not in (0, 66, 74) or (result.returncode and "curate: " not in result.stderr):
            problems.append(f"odd end ({result.returncode})")
        state = scene.state(case)
        if state:  # On a mount point, curate's own folder is inside. If it cannot be removed, the next run removes it.
            state.pop(".curate", None)
        if result.returncode == 0 and (state != scene.after or scene.lost(case)):
            problems.append("0 for nothing")
        return problems + scene.problems_at_once(case)

    def killed_twice(self, scene):
        """Killed while publishing, and again while the next run recovers."""
        def check(name, number, second, *_):
            case = scene.copy(name)
            scene.run(case, shim={"at": number, "do": "before"})
            done = scene.waiting(case) if scene.arguments[0] == "run" else ()
            scene.run(case, shim={"at": second, "do": "before"})
            return self.again(scene, case, scene.problems_at_once(case), done)

        check.again = lambda number, second, *_: (
            scene.shell(at=number, do="before") + "; then: " + scene.shell(at=second, do="before").split("; ")[-1])
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
        # Before publishing, the modes do not differ.
        start = publish_start(calls)
        is_main = scene.mode == "exchange"
        early = spread(range(1, start + 1), 7 if quick else 12 if not is_main else 60 if scene.waits else 10_000)
        late = spread(range(start + 1, len(calls) + 1), 7 if quick else 10_000)

        def cases(numbers, *what):
            return [(number, *what, calls[number - 1]) for number in numbers]

        def sweep(words, check, cases):
            self.each(Tally(f"{words}: {scene.words}"), check, cases).row()

        sweep("killed at every call", self.killed(scene), cases(early + late, "before") + cases([len(calls)], "after"))
        sweep(
            "killed, and again in the next run", self.killed_twice(scene),
            [(number, rng.randint(1, 15), calls[number - 1]) for number in spread(late, 5 if quick else 15)])
        fails = []
        for number in early + late:
            errors = ERRORS.get(calls[number - 1].name, "EIO").split()
            for what in rng.sample(errors, min(len(errors), 2 if number > start and is_main and not quick else 1)):
                fails += cases([number], what)
        sweep("every call fails", self.failed(scene), fails)
        if is_main:
            writes = [call.number for call in calls if call.name == "write"]
            sweep("half of it is written", self.failed(scene), cases(spread(writes, 3 if quick else 20), "short"))
            sweep(
                "the disk is full from a call on", self.failed(scene, until=1_000_000),
                cases(spread(early + late, 4 if quick else 20), "ENOSPC"))
        lists = {True: [], False: []}
        for call in self.trace(scene, kinds="list"):
            lists[any(is_named(call, name) for name in RAW_FOLDERS)].append((call.number, "EIO", call))
        for is_raw, words in ((True, "no raw folder can be listed"), (False, "no folder can be listed, from a call on")):
            sweep(
                words, self.failed(scene, kinds="list", until=1_000_000),
                spread(lists[is_raw], 4 if quick else 12 if is_main else 6))
        power.cuts(self, scene, spread(early, 50) + late, start)


def sweep(quick, rng, only=""):
    if not shim.build():
        return
    remove(PLACE / "sweep")
    (PLACE / "sweep").mkdir()
    Tally.report.unlink(missing_ok=True)
    raw = small_raw(PLACE / "sweep/made")
    work = Sweep(quick, rng)
    for scene in scenes():
        if only in scene.name:
            work.scene(scene, raw)
    print(f"(the sweep: {Tally.cases:,} cases)", file=sys.stderr)
    if Tally.report.exists():
        print(f"(what did not survive, and how to see it in {PLACE}/sweep: {Tally.report})", file=sys.stderr)
    else:
        remove(PLACE / "sweep")
