"""Kills at random moments."""
import shutil
import signal
import subprocess
import time

from .common import PLACE, command, failures, fresh, hashes, row, run, synthesize


def kills(quick, rng):
    """SIGKILL, SIGTERM and SIGINT at random moments, then the same command again."""
    raw, count = synthesize(20_000), 6 if quick else 50
    expected_out, old_out = fresh("undisturbed"), fresh("old")
    start = time.monotonic()
    assert run(raw, expected_out, "--rejects").returncode == 0
    duration, expected = time.monotonic() - start, hashes(expected_out)
    # Every file differs in the old dataset, so a mixture of old and new outputs is noticed.
    assert run(raw, old_out, "--rejects", "--recipe", "course").returncode == 0
    old = hashes(old_out)
    for kind in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT):
        same = torn = 0
        slowest = 0.0
        number = count if kind == signal.SIGKILL else max(count // 5, 2)
        for index in range(number):
            out = fresh("killed")
            if index % 2:
                shutil.copytree(old_out, out)
            before = old if index % 2 else None
            child = subprocess.Popen(
                command(raw, out, "--quiet", "--rejects", "--anew"), stderr=subprocess.DEVNULL)
            time.sleep(rng.uniform(0, duration * 1.1))
            child.send_signal(kind)
            sent = time.monotonic()
            child.wait()
            slowest = max(slowest, time.monotonic() - sent)
            # Whole outputs, old or new; or none, if there were none.
            torn += (hashes(out) if out.exists() else None) not in (before, expected)
            again = run(raw, out, "--rejects")
            same += again.returncode == 0 and hashes(out) == expected and not list(PLACE.glob(".killed.*"))
        row(f"{kind.name} at a random moment, then run again: the same bytes", number, same,
            f"{torn} torn outputs, ended after {slowest:.1f} s at most")
        if torn:
            failures.append("torn outputs")
