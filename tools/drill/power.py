"""Cuts the power behind each call of a command: what was not synced may be lost, in any order."""
from . import shim
from .common import PLACE, remove
from .disk import Disk, put, snapshot
from .tally import Tally

KINDS = "least", "random", "names only", "journal"


def cuts(work, scene, numbers, publish):
    """Rows for a scene: behind each of these calls, and behind the end. After the call `publish`, more often."""

    # In the place where the cut trees are put, since links may lead there.
    case, start, calls = record(scene)
    # Where the shim or the model misses something, this shows it.
    disk = Disk(start)
    for call in calls:
        disk.play(call)
    is_same = content(disk.cut(work.rng(), "all")) == content_of_folder(case)
    tally = Tally(f"the model of the disk is the disk: {scene.words}")
    tally.add("at the end", [] if is_same else ["another tree"])
    if not is_same:
        tally.row()
        return

    check = checker(work, scene, start, calls)
    cases = []
    for at, number in enumerate(number for number in numbers if number < len(calls)):
        # Two of the four where it matters: one that loses all it may, one by chance.
        kinds = (KINDS[at % 2 * 2], KINDS[1 + at % 2 * 2]) if number > publish and scene.mode == "exchange" else (KINDS[at % 4],)
        cases += [(number, kind, choice, calls[number - 1]) for choice, kind in enumerate(kinds)]
    work.each(Tally(f"the power is cut behind every call: {scene.words}"), check, cases).row()
    ends = [(len(calls), kind, choice) for choice in range(1 if work.quick else 3) for kind in KINDS]
    work.each(Tally(f"the power is cut after the end: {scene.words}"), check, ends).row()


def record(scene):
    """What the command does: its folder, how that was before, and the calls."""
    case, log = scene.copy("power"), PLACE / "sweep" / "power.log"
    start = snapshot(case)
    log.unlink(missing_ok=True)
    scene.run(case, shim={"log": log, "data": 1})
    return case, start, shim.calls(log)


def checker(work, scene, start, calls):
    """Looks at what is left by a cut behind a call."""
    def check(name, number, kind, choice, *_):
        disk = Disk(start)
        for call in calls[:number]:
            disk.play(call)
        place = PLACE / "sweep" / name
        remove(place)
        put(disk.cut(work.rng(scene.name, number, kind, choice), kind), place)
        if number == len(calls):
            problems = []
            if scene.state(place) != scene.after:
                problems.append("torn after exit 0")
            if scene.lost(place):
                problems.append("hidden after exit 0")
        else:
            problems = scene.problems_at_once(place)
        return work.again(scene, place, problems)
    return check


def content(tree):
    return {path: (kind, data if kind != "folder" else b"") for path, kind, _, data, _ in tree}


def content_of_folder(folder):
    """The same of a folder that is there."""
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
