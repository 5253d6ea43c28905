"""Cuts the power after each call of a command: unsynced changes may be lost, in any order."""
from . import shim
from .common import PLACE, remove, row
from .disk import Disk, put, snapshot
from .tally import Tally

KINDS = "least", "random", "names only", "journal"


def cuts(work, scene, numbers, publish):
    """Prints rows for a scene: cuts after each of these calls, more after the call `publish`, and after the end."""
    traces = Traces(scene)
    start, calls = traces.of("power")
    # Shows whether the shim or the model misses something.
    disk = Disk(start)
    for call in calls:
        disk.play(call)
    if content(disk.cut(work.rng(), "all")) != content_of_folder(PLACE / "sweep/power"):
        row(f"the model of the disk is the disk: {scene.words}", 1, 0)
        return
    check = checker(work, traces)
    cases = []
    for at, number in enumerate(number for number in numbers if number < len(calls)):
        # Two of the four where it matters: one that loses all it can, one at random.
        is_late = number > publish and scene.mode == "exchange"
        kinds = (KINDS[at % 2 * 2], KINDS[1 + at % 2 * 2]) if is_late else (KINDS[at % 4],)
        cases += [(number, kind, choice, calls[number - 1]) for choice, kind in enumerate(kinds)]
    work.each(Tally(f"the power is cut behind every call: {scene.words}"), check, cases).row()
    work.each(Tally(f"the power is cut after the end: {scene.words}"), check, ends(1 if work.quick else 3)).row()


def ends(choices):
    """Cases after the last call."""
    return [(10**9, kind, choice) for choice in range(choices) for kind in KINDS]


class Traces:
    """The calls of the command, recorded once per folder, since they contain its path."""

    def __init__(self, scene):
        self.scene, self.known = scene, {}

    def of(self, name):
        """The initial state of the folder, and the calls."""
        if name not in self.known:
            case, log = self.scene.copy(name), PLACE / "sweep" / f"{name}.log"
            start = snapshot(case)
            log.unlink(missing_ok=True)
            self.scene.run(case, shim={"log": log, "data": 1})
            self.known[name] = start, shim.calls(log)
        return self.known[name]


def checker(work, traces):
    """Returns a check of what a cut after a call leaves."""
    scene = traces.scene

    def leave(place, name, number, kind, choice):
        """Creates what a cut leaves. Returns whether the cut is after the last call."""
        start, calls = traces.of(name)
        disk = Disk(start)
        for call in calls[:number]:
            disk.play(call)
        remove(place)
        put(disk.cut(work.rng(scene.name, number, kind, choice), kind), place)
        return number >= len(calls)

    def check(name, *case):
        place = PLACE / "sweep" / name
        if leave(place, name, *case[:3]):
            problems = []
            if scene.state(place) != scene.after:
                problems.append("torn after exit 0")
            if scene.lost(place):
                problems.append("hidden after exit 0")
        else:
            problems = scene.problems_at_once(place)
        problems = work.again(scene, place, problems)
        if problems:
            leave(kept(*case[:3]), name, *case[:3])
        return problems

    def kept(number, kind, choice):
        return PLACE / "sweep" / f"cut-{scene.name}-{number}-{kind.replace(' ', '-')}-{choice}"

    check.again = lambda number, kind, choice, *_: f"the disk after the cut: {kept(number, kind, choice)}"
    return check


def content(tree):
    return {path: (kind, data if kind != "folder" else b"") for path, kind, _, data, _ in tree}


def content_of_folder(folder):
    """The same for an existing folder."""
    top, nodes, entries = snapshot(folder)
    below = {}
    for (number, name), inner in entries.items():
        below.setdefault(number, []).append((name, inner))
    found = {}

    def visit(number, path):
        for name, inner in below.get(number, ()):
            kind, _, data = nodes[inner]
            found[path + name] = (kind, data)
            visit(inner, path + name + b"/")

    visit(top, b"")
    return found
