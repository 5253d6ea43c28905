"""System faults."""
import gzip
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import time

from .common import PLACE, Programs, command, fresh, hashes, row, run, synthesize


def machine(quick, rng):
    """System faults: the exit code, a message, and unchanged old outputs."""
    raw, out = synthesize(2_000), fresh("dataset")
    assert run(raw, out).returncode == 0
    before = hashes(out)
    more = [raw, synthesize(20_000)]

    def limited(kind, value):
        return lambda: resource.setrlimit(kind, (value, value))

    def case(name, code, words, *options, raw=more, target=out, **settings):
        old = hashes(target) if target.is_dir() else None
        result = run(raw, target, "--anew", *options, **settings)
        now = hashes(target) if target.is_dir() else None
        survived = result.returncode == code and words in result.stderr and now == old
        row(name, 1, int(survived), f"exit {result.returncode}: " + result.stderr.strip()[:160].replace("|", "/"))

    for size in (0, 100_000, 1_000_000, 5_000_000):
        case(f"file size limit of {size:,} bytes", 74, "disk I/O error",
             preexec_fn=limited(resource.RLIMIT_FSIZE, size))
    if os.geteuid() == 0:
        disk = PLACE / "disk"
        disk.mkdir(exist_ok=True)
        for size in ("64k", "1m", "8m", "12m"):
            mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", disk], stderr=subprocess.DEVNULL)
            if mounted.returncode != 0:
                print("(no disk can be mounted here: the drills of a full one are left out)", file=sys.stderr)
                break
            try:
                (disk / "dataset").mkdir()
                for name in ("manifest.json", "test.jsonl"):
                    shutil.copy(out / name, disk / "dataset")
                case(f"a disk of {size} fills up", 74, "full", target=disk / "dataset")
            finally:
                subprocess.run(["umount", disk], check=True)
    case("the output folder is a file", 74, "is a file", target=Programs.new)
    case("the output folder cannot be made", 74, "cannot be made", target=pathlib.Path("/proc/nowhere/dataset"))
    missing = PLACE / "missing.jsonl.gz"
    missing.unlink(missing_ok=True)
    case("the input is not there", 66, "no such file", raw=[missing])
    with gzip.open(PLACE / "bomb.jsonl.gz", "wb") as bomb:
        for _ in range(200 if quick else 2000):
            bomb.write(bytes(1 << 20))
    child = subprocess.Popen(command([PLACE / "bomb.jsonl.gz"], fresh("of-bomb"), "--quiet"))
    _, status, usage = os.wait4(child.pid, 0)
    survived = os.waitstatus_to_exitcode(status) == 0 and usage.ru_maxrss >> 10 < 400
    row("a gzip bomb of one line", 1, int(survived), f"{usage.ru_maxrss >> 10} MB")
    (PLACE / "bomb.jsonl.gz").unlink()
    for name, kind, value in (
        ("32 file descriptors", resource.RLIMIT_NOFILE, 32),
        ("1.5 GB of address space", resource.RLIMIT_AS, 1500 << 20),
    ):
        result = run(raw, out, "--anew", preexec_fn=limited(kind, value))
        row(f"{name} are enough", 1, int(result.returncode == 0 and hashes(out) == before), result.stderr.strip()[:160])
    environment = {**os.environ, "TMPDIR": "/nowhere", "HOME": "/nowhere"}
    result = run(raw, out, "--anew", env=environment)
    row("TMPDIR and HOME lead nowhere", 1, int(result.returncode == 0 and hashes(out) == before))
    first = subprocess.Popen(command(more, out, "--quiet", "--anew", "--dry-run"))
    while first.poll() is None and not list(PLACE.glob(".dataset.*")):
        time.sleep(0.001)
    case("two runs into one folder", 74, "another run")
    row("the first of the two continues", 1, int(first.wait() == 0 and hashes(out) == before))
