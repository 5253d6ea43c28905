"""Similar items by the hundred thousand: do time and memory stay in proportion?"""
import gzip
import json
import os
import random
import re
import resource
import subprocess

from .common import PLACE, TOKENIZER, Programs, remove, row

# The larger size may take this much more than in proportion.
SLACK = 1.3
MEGABYTES = 200
# Stops a program that needs far too much memory, before it stops the machine.
MOST_MEMORY = 6 << 30
PROFILE = re.compile(r"^deduplicate +([\d,]+) +[\d.]+% +1 ", re.MULTILINE)
CONSONANTS, VOWELS = "bdfgklmnprstvz", "aeiou"


def words(rng, count):
    """Distinct made-up words."""
    found = {}
    while len(found) < count:
        found["".join(rng.choice(CONSONANTS) + rng.choice(VOWELS) for _ in range(rng.choice((2, 2, 3))))] = None
    return list(found)


def code(number, vocabulary):
    """Three words, unique to the number."""
    size = len(vocabulary)
    return [vocabulary[number // size ** power % size] for power in range(3)]


def group(rng, count):
    """One group of near-duplicates of one text: only three words of the title are unique to an item."""
    vocabulary = words(rng, 300)
    text = rng.choices(vocabulary, k=200)
    for number in range(count):
        yield " ".join(code(number, vocabulary) + text[:7]), " ".join(text[7:])


def with_own_words(rng, count, own):
    """Texts that begin with `own` words of their own and end alike. The window ends after about 87 such words."""
    vocabulary = words(rng, 300)
    common = rng.choices(vocabulary, k=200)
    for number in range(count):
        title = code(number, vocabulary) + rng.choices(vocabulary, k=7)
        yield " ".join(title), " ".join(rng.choices(vocabulary, k=own - 10) + common)


def strangers(rng, count):
    """Jaccard similarity 0.58: about 60 % of the five-word shingles are the same."""
    return with_own_words(rng, count, 19)


def relatives(rng, count):
    """Jaccard similarity 0.69, and the threshold is 0.75: shared shingles are also in the prefixes of a filter."""
    return with_own_words(rng, count, 12)


def make(kind, count):
    """A raw file with `count` items."""
    folder = PLACE / "near" / f"{kind.__name__}-{count}"
    folder.mkdir(parents=True)
    rng = random.Random(f"{kind.__name__} {count}")
    with gzip.open(folder / "meta_Tools_and_Home_Improvement.jsonl.gz", "wt", compresslevel=1) as file:
        for number, (title, text) in enumerate(kind(rng, count)):
            record = {
                "main_category": "Tools & Home Improvement", "title": title, "average_rating": 4.2, "rating_number": 7,
                "features": [], "description": [text], "price": round(rng.uniform(0.5, 999.49), 2),
                "images": [], "videos": [], "store": "Generic", "categories": [], "details": {},
                "parent_asin": f"B{number:09d}", "bought_together": None}
            file.write(json.dumps(record) + "\n")
    return folder


def measure(*arguments):
    """Exit code, CPU seconds, megabytes and output of a command."""
    said = PLACE / "near" / "said.txt"
    with open(said, "w") as errors:
        child = subprocess.Popen(
            [Programs.new, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY)))
        _, status, usage = os.wait4(child.pid, 0)
    return os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss >> 10, said.read_text()


class Size:
    """What the commands take for a number of items: `deduplicate` of a run, and `split` and `verify` as a whole."""

    def __init__(self, kind, count, times):
        raw, out = make(kind, count), PLACE / "near" / "ds"
        self.megabytes, self.problem, seconds = 0, "", {"deduplicate": [], "split": [], "verify": []}
        for _ in range(times):
            for name, arguments in (
                ("deduplicate", ["run", raw, "--out", out, *TOKENIZER, "--profile", "--train", "1000"]),
                ("split", ["split", "--out", out, "--seed", "7"]),
                ("verify", ["verify", out, *TOKENIZER]),
            ):
                exit_code, cpu, megabytes, said = measure(*arguments)
                if exit_code != 0:
                    self.problem = f"{name} of {count:,}: exit {exit_code}: {' '.join(said.split())[-100:]}"
                    return
                if name == "deduplicate":  # Wall-clock time, in milliseconds.
                    cpu = int(PROFILE.search(said)[1].replace(",", "")) / 1000
                seconds[name].append(cpu)
                self.megabytes = max(self.megabytes, megabytes)
        self.seconds = {name: max(min(taken), 0.001) for name, taken in seconds.items()}
        remove(raw)
        remove(out)


def near(quick, _):
    """A group of near-duplicates, and unrelated items with much text in common: time within 1.3 times linear."""
    few, many = (5_000, 40_000) if quick else (10_000, 160_000)
    kinds = {
        group: "one group of {:,} near-duplicates", strangers: "{:,} unrelated items that share 60 % of their text",
        relatives: "{:,} items just below the threshold, no group"}
    for kind, what in kinds.items():
        remove(PLACE / "near")
        sizes = Size(kind, few, 3), Size(kind, many, 2)
        problem = sizes[0].problem or sizes[1].problem
        if problem:
            row(what.format(many), 1, 0, problem.replace("|", "/"))
            continue
        for name in sizes[0].seconds:
            small, large = (size.seconds[name] for size in sizes)
            ratio = large / small / (many / few)
            row(f"{what.format(many)}, `{name}`", 1, int(ratio <= SLACK),
                f"{ratio:.2f} times in proportion: {small:.3f} s for {few:,}, {large:.2f} s")
        row(f"{what.format(many)}, memory", 1, int(sizes[1].megabytes <= MEGABYTES), f"{sizes[1].megabytes} MB")
    remove(PLACE / "near")
