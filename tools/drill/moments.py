"""Faults that depend on timing: concurrent runs, and kills, power cuts and errors while outputs are published."""
import contextlib
import random
import subprocess
import threading
import time

from . import shim
from .common import PLACE, TOKENIZER, Programs, remove
from .power import Traces, checker, ends
from .scene import INSIDE, OLD, RAW_FOLDERS, RUN, SPLIT, Scene, small_raw
from .sweep import Sweep, is_named, publish_start
from .tally import Tally

REFUSAL = "another run is writing to this folder"


def start(place, *options, **settings):
    return subprocess.Popen(
        [Programs.new, "run", place.raw, "--out", place.out, "--quiet", *TOKENIZER, *options], stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace",
        env=shim.environment(place.path, **settings))


def problem_of(child):
    _, message = child.communicate(timeout=60)
    if child.returncode == 0 or (child.returncode == 74 and REFUSAL in message):
        return ""
    return f"exit {child.returncode}: {' '.join(message.split())[-110:]}"


def late_lock(place):
    """1: another run publishes between a run's opening and taking the lock; a third is at work when it continues."""
    problems, count = [], 8
    for number in range(count):
        place.make()
        late = start(place, "--recipe", "course", "--train", "20", delay=f"flock:{300 + 20 * number}")
        waited = time.monotonic() + 5
        while not list(place.out.parent.glob(".ds.*")) and time.monotonic() < waited:
            time.sleep(0.002)
        first = start(place, "--anew")
        first_problem = problem_of(first)
        slow = start(place, "--rejects", "--anew", delay="write:4")
        problems.append(next(filter(None, (first_problem, problem_of(late), problem_of(slow), place.problem())), ""))
    bad = [problem for problem in problems if problem]
    return f"{len(bad)} of {count}: {bad[0]}" if bad else ""


def burst(place):
    """1: six runs in a loop, no fault injected."""
    place.make()
    (place.out / "notes.txt").write_text("mine\n")
    until, lock, done, bad = time.monotonic() + 12, threading.Lock(), [0], []

    def loop(*options):
        while time.monotonic() < until:
            result = place.run(*options)
            with lock:
                done[0] += 1
                if result.returncode != 0 and not (result.returncode == 74 and REFUSAL in result.stderr):
                    bad.append(f"exit {result.returncode}: {' '.join(result.stderr.split())[-90:]}")

    options = [("--recipe", "course"), ("--anew",), ("--rejects",), ("--recipe", "course", "--anew"), (), ("--seed", "5")]
    threads = [threading.Thread(target=loop, args=some) for some in options]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if bad:
        return f"{len(bad)} of {done[0]}: {bad[0]}"
    if not (place.out / "notes.txt").exists():
        return "the user's file is gone"
    return place.problem()


@contextlib.contextmanager
def work(name, arguments, **settings):
    """A scene, its sweep and its calls; or what is wrong with it when undisturbed."""
    remove(PLACE / "sweep")
    (PLACE / "sweep").mkdir()
    scene, sweep = Scene(name, name, arguments, **settings), Sweep(False, random.Random(1))
    problems = scene.make(small_raw(PLACE / "sweep/made"))
    yield scene, sweep, sweep.trace(scene) if not problems or scene.code == 0 else [], "; ".join(problems)
    remove(PLACE / "sweep")


def counted(tally):
    if tally.survived == tally.done:
        return ""
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(tally.problems.items()))
    return f"{tally.done - tally.survived} of {tally.done}: {kinds}"


def killed_late(arguments, *, whole=False, **settings):
    """A kill at every call from the start of publishing on, or from the start of the command."""
    def check(_):
        with work("faults", arguments, **settings) as (scene, sweep, calls, problem):
            if not calls:
                return problem
            numbers = range(1 if whole else publish_start(calls) + 1, len(calls) + 1)
            cases = [(number, "before", calls[number - 1]) for number in numbers]
            return counted(sweep.each(Tally("fault", keeps=False), sweep.killed(scene), cases))
    return check


def power_after_end(_):
    """4: the power fails after the run has ended with 0."""
    with work("faults", INSIDE, old=OLD, user=True) as (scene, sweep, calls, problem):
        if not calls:
            return problem
        return counted(sweep.each(Tally("fault", keeps=False), checker(sweep, Traces(scene)), ends(6)))


def unreadable_folder(_):
    """4: readdir fails for all folders except those of raw files."""
    with work("faults", INSIDE, old=OLD, user=True) as (scene, sweep, calls, problem):
        if not calls:
            return problem
        cases = [
            (call.number, "EIO", call) for call in sweep.trace(scene, kinds="list")
            if not any(is_named(call, name) for name in RAW_FOLDERS)]
        check = sweep.failed(scene, kinds="list", until=1_000_000)
        return counted(sweep.each(Tally("fault", keeps=False), check, cases))


def undisturbed(arguments, **settings):
    def check(_):
        with work("faults", arguments, **settings) as (scene, _, _, problem):
            return problem.replace(str(PLACE), "")[:110]
    return check


MOMENTS = [
    (1, "a run waits between opening and locking, others run", late_lock),
    (1, "six looping `run`s, nothing injected", burst),
    (4, "killed at every call of publishing, the user's files and raw files inside", killed_late(INSIDE, old=OLD, user=True)),
    (4, "the power is cut after exit 0, the user's files inside", power_after_end),
    (4, "readdir fails, from a call on", unreadable_folder),
    (6, "killed at every call of publishing, no RENAME_EXCHANGE", killed_late(RUN, old=OLD, mode="apart")),
    (6, "the user's files, no RENAME_NOREPLACE", undisturbed(INSIDE, old=OLD, user=True, mode="apart")),
    (6, "the folder cannot be renamed: EXDEV", undisturbed(INSIDE, old=OLD, user=True, mode="fixed")),
    (6, "the folder cannot be renamed, nothing moved or linked into it: EBUSY, EXDEV",
     undisturbed(INSIDE, old=OLD, user=True, mode="mount")),
    (7, "`split` killed at every call, an interrupted run waits", killed_late(SPLIT, old=OLD, waits=True, whole=True)),
]
