"""Scarce resources, closed or stuck streams, files that others change, and signals."""
import hashlib
import itertools
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time

from .common import PLACE, TOKENIZER, Programs, fresh, hashes, remove, row, run, synthesize

# No other program runs as this user, so a process limit is a thread limit.
USER = 61_000 + os.getpid() % 1000


def ended(command, seconds=60, **settings):
    """The exit code and the messages of a command; the code is None if it does not end in time."""
    settings.setdefault("stdout", subprocess.DEVNULL)
    try:
        done = subprocess.run(
            command, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, timeout=seconds, text=True, errors="replace",
            **settings)
        return done.returncode, done.stderr
    except subprocess.TimeoutExpired:
        return None, f"did not end within {seconds} s"


def shell(script, *arguments, **settings):
    """Runs a command from a shell script, where `"$@"` is the command."""
    return ended(["bash", "-c", script, "curate", Programs.new, *arguments], **settings)


def table(words, cases):
    """Prints a row for some cases, each with its problem or an empty string."""
    done = survived = 0
    faults = []
    for name, fault in cases:
        done += 1
        survived += not fault
        if fault:
            faults.append(f"{name}: {fault}")
    row(words, done, survived, "; ".join(faults[:3]).replace("|", "/").replace("\n", " ")[:300])


def commands(raw, dataset, guesses):
    """One command of each kind, for the folder `dataset`."""
    out = ["--out", dataset]
    return {
        "run": ["run", raw, *out, "--anew", "--quiet", *TOKENIZER],
        "split": ["split", *out, "--seed", "3", "--quiet"],
        "verify": ["verify", dataset, *TOKENIZER],
        "inspect": ["inspect", "--random", *out, "--raw", raw, *TOKENIZER],
        "evaluate": ["evaluate", *out, "--guesses", guesses, "--quiet"],
        "synthesize": ["synthesize", dataset.parent / "sample", "--items", "500", "--force"],
        "steps": ["steps"],
    }


def make_place(raw):
    """A folder with a dataset of the raw files, and guesses for its test split; if root, both are owned by USER."""
    place = fresh("limits")
    place.mkdir()
    assert run(raw, place / "dataset").returncode == 0
    rows = map(json.loads, (place / "dataset/test.jsonl").read_text().splitlines())
    (place / "guesses.jsonl").write_text(
        "".join(json.dumps({"id": row["id"], "guess": row["price"]}) + "\n" for row in rows))
    for path in [place, *place.rglob("*")]:
        os.chown(path, USER, USER) if os.geteuid() == 0 else None
    return place


def few_threads(quick, raw):
    """Runs as another user, since process limits do not apply to root."""
    as_user = [f"--reuid={USER}", f"--regid={USER}", "--clear-groups"]
    can_be = os.geteuid() == 0 and shutil.which("setpriv")
    if not can_be or ended(["setpriv", *as_user, Programs.new, "--version"])[0] != 0:
        return print("(nobody else can be: the drills of few threads are left out)", file=sys.stderr)
    place = make_place(raw)
    all_commands = commands(raw, place / "dataset", place / "guesses.jsonl")

    def faults():
        for count, (name, arguments) in itertools.product((1, 2, 3, 4) if quick else range(1, 9), all_commands.items()):
            code, words = ended(
                ["setpriv", *as_user, "prlimit", f"--nproc={count}", Programs.new, *arguments], cwd=place)
            is_told = code == 74 and "gives no thread" in words
            yield f"{count} threads, {name}", "" if (is_told if count == 1 else code == 0) else f"exit {code} {words}"

    table("few threads: each command works with two, or reports that there is none", faults())

    def late():
        for _ in range(2 if quick else 10):
            child = subprocess.Popen(
                ["setpriv", *as_user, Programs.new, *all_commands["run"]], cwd=place, stderr=subprocess.PIPE)
            time.sleep(random.uniform(0.02, 0.3))
            subprocess.run(["prlimit", f"--pid={child.pid}", "--nproc=1"], stderr=subprocess.DEVNULL)
            try:
                words = child.communicate(timeout=60)[1]
                yield "", "" if child.returncode == 0 else f"exit {child.returncode} {words}"
            except subprocess.TimeoutExpired:
                child.kill()
                yield "", "did not end"

    table("no new threads, from some moment of a run on: the run continues", late())


def little(quick, raw):
    """Little memory, few descriptors, a small stack."""
    place = make_place(raw)
    all_commands = commands(raw, place / "dataset", place / "guesses.jsonl")
    chosen = [name for name in all_commands if not quick or name in ("run", "steps")]

    def faults(limits, allowed):
        for (limit, floor), name in itertools.product(limits, chosen):
            code, words = shell(f'ulimit -c 0 {limit}; exec "$@"', *all_commands[name], cwd=place)
            # The system cannot load the program's libraries.
            fine = code == 0 or code == 74 and allowed in words or floor and code in (127, 139)
            yield f"{limit}, {name}", "" if fine else f"exit {code} {words[-150:]}"

    table("little address space: enough, or reported", faults(
        [(f"-v {megabytes * 1000}", megabytes < 140) for megabytes in range(100, 420, 80 if quick else 10)], "ulimit -v"))
    table("few open files: enough, or reported", faults(
        [(f"-n {count}", count < 4) for count in (range(4, 20, 4) if quick else range(4, 40))], "may be open"))
    table("a small stack: it is enough", faults(
        [(f"-s {size}", False) for size in ((32, 64) if quick else (32, 48, 64, 128, 512))], "never"))
    code, words = shell('ulimit -S -t 1; exec "$@"', "run", synthesize(100_000), "--out", place / "slow", "--quiet",
                        *TOKENIZER, cwd=place)
    left = {path.name for path in place.glob(".slow.curate/*")} - {"lock", "pool.sqlite"}
    in_order = code == 0 or code == 130 and "ulimit -t" in words and not left and not (place / "slow").exists()
    row("CPU time limit reached: clean end, and reported", 1, int(in_order), words.strip()[:160].replace("|", "/"))
    code, words = shell('exec "$@"', "run", synthesize(100_000), "--out", place / "slow", "--quiet", *TOKENIZER, cwd=place)
    row("the run after it", 1, int(code == 0 and not list(place.glob(".slow*"))), words.strip()[:160].replace("|", "/"))


def streams(quick, raw):
    place = make_place(raw)
    out, guesses = place / "dataset", place / "guesses.jsonl"
    all_commands = commands(raw, out, guesses)

    def closed():
        for closing, (name, arguments) in itertools.product(("<&-", ">&-", "2>&-", "<&- >&- 2>&-"), all_commands.items()):
            code, words = shell(f'exec "$@" {closing}', *arguments, cwd=place)
            prints = name not in ("run", "split")
            expected = 74 if prints and ">&-" in closing.replace("2>&-", "") else 0
            yield f"{name} {closing}", "" if code == expected else f"exit {code} {words}"
        code, words = ended([Programs.new, *all_commands["verify"]])
        yield "verify", "" if code == 0 else words

    table("standard streams are closed: nothing is written into files in their place", closed())
    left = place / "code"
    shell(f'{{ sleep 0.1; "$@" 2>&1 >/dev/null; echo $? >{left}; }} | true', "run", raw, "--out", out, "--anew", *TOKENIZER)
    row("nobody reads the messages of a run any more: it continues", 1, int(left.read_text() == "0\n"), "")
    shell(f'{{ sleep 0.1; "$@"; echo $? >{left}; }} | true', "steps")
    row("nobody reads what a command prints any more: it ends by SIGPIPE", 1, int(left.read_text() == "141\n"), "")

    def stuck():
        pipe = place / "pipe"
        os.mkfifo(pipe)
        evaluate = ["evaluate", "--out", out, "--guesses"]
        for name, arguments, limit in (
                ("recipe", ["run", raw, "--out", place / "x", *TOKENIZER, "--recipe", pipe], 2),
                ("guesses", [*evaluate, pipe], 2), ("test", ["evaluate", "--guesses", guesses, "--test", pipe], 2),
                ("page", [*evaluate, guesses, "--page", pipe], 13)):
            for number in (signal.SIGTERM, signal.SIGINT):
                child = subprocess.Popen(
                    [Programs.new, *arguments], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
                time.sleep(0.5)
                child.send_signal(number)
                try:
                    child.communicate(timeout=limit)
                    yield name, "" if child.returncode == 130 else f"exit {child.returncode}"
                except subprocess.TimeoutExpired:
                    child.kill()
                    child.communicate()
                    yield name, f"did not end within {limit} s"

    table("a pipe at whose other end nobody is: one signal ends the program", stuck())


def changed_files(quick, rng):
    """A raw file that another program writes to while it is read."""
    folder, out = fresh("changing"), fresh("of-changing")
    folder.mkdir()
    source = max(synthesize(20_000).glob("*.gz"), key=lambda path: path.stat().st_size)
    plain = subprocess.run(["gzip", "-dc", source], stdout=subprocess.PIPE, check=True).stdout * (2 if quick else 4)
    path = folder / "meta_Growing.jsonl"

    def state(data):
        # A last line without a line feed counts, too.
        return len(data), hashlib.sha256(data).hexdigest(), data.count(b"\n") + (not data.endswith(b"\n"))

    start = time.monotonic()
    path.write_bytes(plain)
    assert run(folder, out).returncode == 0
    duration = time.monotonic() - start
    told = 0

    def faults():
        nonlocal told
        for index in range(8 if quick else 60):
            kind = ("append", "truncate", "overwrite", "replace")[index % 4]
            path.write_bytes(plain)
            time.sleep(0.02)
            child = subprocess.Popen(
                [Programs.new, "run", folder, "--out", out, "--anew", "--quiet", *TOKENIZER], stderr=subprocess.PIPE,
                text=True)
            time.sleep(rng.uniform(0, duration))
            if kind == "replace":
                (folder / "new").write_bytes(plain[:1000])
                os.replace(folder / "new", path)
            else:
                with open(path, "r+b") as file:
                    if kind == "truncate":
                        file.truncate(len(plain) // 2)
                    else:
                        file.seek(0 if kind == "overwrite" else len(plain))
                        file.write(b"{}\n" * 1000)
            words = child.communicate(timeout=60)[1]
            if child.returncode == 74 and "was changed while it was read" in words:
                told += 1
                yield kind, ""
                continue
            entry = json.loads((out / "manifest.json").read_text())["inputs"][0]
            found = entry["bytes"], entry["sha256"], entry["lines"]["read"]
            is_one = found in (state(plain), state(path.read_bytes()))
            yield kind, "" if child.returncode == 0 and is_one else f"exit {child.returncode} {words}"

    table("a file is written to while it is read: reported, or read as it was before or after", faults())
    row("of these, it was reported at least once", 1, int(told > 0 or quick), f"{told} times")
    for name in ("changing", "of-changing"):
        fresh(name)


def whole_files(quick, rng, raw):
    """Pages and samples, killed at any moment."""
    place = make_place(raw)
    page, mine = place / "page.html", [place / "page.html.partial", place / "made/meta_Appliances.jsonl.gz.partial"]
    mine[1].parent.mkdir()
    for path in mine:
        path.write_text("mine")
    evaluate = ["evaluate", "--out", place / "dataset", "--guesses", place / "guesses.jsonl", "--quiet", "--page", page]
    make = ["synthesize", mine[1].parent, "--items", "20000", "--force"]
    durations = {}
    for arguments in (evaluate, make):
        start = time.monotonic()
        assert ended([Programs.new, *arguments])[0] == 0
        durations[arguments[0]] = time.monotonic() - start
    expected = {path: path.read_bytes() for path in [page, *mine[1].parent.glob("*.gz")]}

    def faults():
        for index in range(8 if quick else 100):
            arguments, kind = (evaluate, make)[index % 2], rng.choice((signal.SIGTERM, signal.SIGINT, signal.SIGKILL))
            page.write_text("old")
            child = subprocess.Popen([Programs.new, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(rng.uniform(0, durations[arguments[0]]))
            child.send_signal(kind)
            child.wait(timeout=20)
            left = [*place.glob(".curate-*"), *place.glob("made/.curate-*")]
            wrong = [path.name for path, data in expected.items() if path.read_bytes() not in (data, b"old")]
            wrong += [path.name for path in mine if not path.exists() or path.read_text() != "mine"]
            # Nothing can be cleaned up after SIGKILL.
            if kind != signal.SIGKILL:
                wrong += [path.name for path in left]
            for path in left:
                remove(path)
            yield f"{arguments[0]}, {kind.name}", " ".join(wrong)

    table("pages and samples, ended at a random moment: old or whole, and what is the user's stays", faults())


def limits(quick, rng):
    """Limits, streams, files that change, and files that must appear whole."""
    raw = synthesize(2_000)
    few_threads(quick, raw)
    little(quick, raw)
    streams(quick, raw)
    changed_files(quick, rng)
    whole_files(quick, rng, raw)
    fresh("limits")
