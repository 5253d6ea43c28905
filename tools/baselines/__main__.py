"""Trains six simple models on a dataset's train split, predicts the prices of its test split, and prints the
error of each, worst first, beside guesses that need no training.

The models are those that the course (docs/course.md) trains before language models: linear regression on four
features, on word counts and on word vectors, a support vector regression and a random forest on word vectors.
One more is ridge regression on TF-IDF. A fine-tuned model is worth what it gains over these.
"""
import argparse
import json
import math
import os
import pathlib
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from . import rows

CURATE = pathlib.Path(__file__).resolve().parents[2] / ".build/release/curate"
# Seconds per 1,000 rows of train; extra seconds for each of the first thousands; the number of those thousands.
# Measured with 6,000 and 400,000 rows on two cores that had other work, too.
TIMES = {
    "four features": (0.001, 0, 0),
    "bag of words": (0.2, 0, 0),
    "word vectors": (0.6, 3, 50),
    "word vectors, SVR": (0, 0.15, 100),
    "word vectors, random forest": (0.2, 2, 30),
    "TF-IDF ridge": (0.35, 1, 50),
}

MEASURES = ("items", "mean_error", "interval", "median_error", "rmsle", "hits", "r2", "bias")
# With fewer, hardly any word occurs in five of them.
FEWEST_ROWS = 100


class Arguments(argparse.ArgumentParser):
    """Exits with 64 on a usage error, as curate does."""

    def error(self, message):
        self.exit(64, f"Error: {message}\n{self.format_usage()}")


def arguments():
    parser = Arguments(
        prog="scripts/baselines", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="Exit codes: 0; 64 usage; 65 bad data; 66 no input; 74 I/O; 130 interrupted.")
    path = {"type": pathlib.Path, "metavar": "FILE"}
    parser.add_argument("--out", type=pathlib.Path, metavar="DIR",
                        help="the dataset's folder (default: curated)")
    parser.add_argument("--train", **path, help="rows to train on in place of a dataset's, with price and "
                        "prompt, and details if they are to be used; goes with --test")
    parser.add_argument("--test", **path, help="rows to guess in place of a dataset's; goes with --train")
    parser.add_argument("--guesses", type=pathlib.Path, metavar="DIR", default="guesses",
                        help="where a file of guesses is written for each model (default: guesses)")
    parser.add_argument("--first", type=int, metavar="N", default=250,
                        help="score so many rows of test, from the first on (default: 250)")
    parser.add_argument("--json", action="store_true", help="print a JSON object instead of a table")
    parser.add_argument("--check-measures", action="store_true",
                        help="compare what curate evaluate computes with NumPy and scikit-learn, and end")
    asked = parser.parse_args()
    if (asked.train is None) != (asked.test is None):
        parser.error("--train and --test go together")
    if asked.train and asked.out:
        parser.error("--out names a dataset, --train and --test name files in its place")
    if asked.first < 1:
        parser.error(f"--first must be at least 1, not {asked.first}")
    asked.out = asked.out or pathlib.Path("curated")
    return asked


def read(asked):
    """The train and the test split."""
    if asked.train:
        train, test = rows.read([asked.train], keep_keys=False), rows.read([asked.test])
    else:
        files = [rows.paths(asked.out, split) for split in ("train", "test")]
        pool = rows.open_pool(asked.out)
        train, test = rows.read(files[0], pool, keep_keys=False), rows.read(files[1], pool)
    if len(train.texts) < FEWEST_ROWS:
        raise rows.BadData(f"{len(train.texts)} rows are too few to train on: {FEWEST_ROWS} are needed")
    if not train.with_details:
        say("note: no row of train has details, so the four features are the text's length alone")
    return train, test


def estimates(count):
    """Estimates the seconds that each model takes for a number of train rows."""
    thousands = count / 1000
    return {
        name: each * thousands + more * min(thousands, first) for name, (each, more, first) in TIMES.items()}


def train_and_score(asked):
    asked.guesses.mkdir(parents=True, exist_ok=True)
    train, test = read(asked)
    expected = estimates(len(train.texts))
    say(f"Training on {len(train.texts):,} rows, guessing {len(test.texts):,}. On two cores this takes "
        f"about {duration(sum(expected.values()))}:")
    for name, seconds in expected.items():
        say(f"  {name}: {duration(seconds)}")
    # Imported late, since it takes a second.
    from . import models
    scores, references = [], []
    start = time.monotonic()
    for name, guesses in models.guesses(train, test):
        say(f"{name} took {duration(time.monotonic() - start)}")
        if not all(map(math.isfinite, guesses)):
            raise rows.BadData(f"{name}: not every guess is a number")
        path = asked.guesses / f"{name.lower().replace(',', '').replace(' ', '-')}.jsonl"
        write(path, test.keys, guesses)
        evaluation = evaluate(path, asked)
        references = evaluation["references"]
        measures = {measure: evaluation[measure] for measure in MEASURES if measure in evaluation}
        scores.append(measures | {"name": name, "guesses": str(path)})
        start = time.monotonic()
    scores = sorted(scores + references, key=lambda score: -score["mean_error"])
    if asked.json:
        print(json.dumps({"train_rows": len(train.texts), "scores": scores}, indent=2))
    else:
        print(table(scores))


def write(path, keys, guesses):
    """Writes the guesses atomically, as JSON lines for `curate evaluate`."""
    partial = path.with_name(f".{path.name}.partial")
    with open(partial, "w", encoding="utf-8") as file:
        for key, guess in zip(keys, guesses.tolist(), strict=True):
            file.write(f'{json.dumps(key)[:-1]}, "guess": {max(0.0, guess):.2f}}}\n')
    os.replace(partial, path)


def evaluate(path, asked):
    """Returns the scores that `curate evaluate` gives to a file of guesses."""
    files = ["--test", asked.test, "--train", asked.train] if asked.train else ["--out", asked.out]
    answer = subprocess.run(
        [CURATE, "evaluate", "--guesses", path, "--first", str(asked.first), "--json", *files],
        stdout=subprocess.PIPE)
    if answer.returncode:
        sys.exit(answer.returncode)
    return json.loads(answer.stdout)


def table(scores):
    """Returns the scores as text, one line each.

    >>> print(table([{"name": "TF-IDF ridge", "items": 1, "mean_error": 1234.5, "median_error": 7,
    ...     "rmsle": 0.5, "hits": 1, "interval": [1000.2, 1468.8], "r2": -0.25}]))
    1 ITEM                        mean error    95 % interval     median  RMSLE   hits      R²
    TF-IDF ridge                   $1,234.50   1,000 to 1,469      $7.00   0.50  100 %   -0.25
    """
    count = scores[0]["items"]
    lines = [f"{count:,} ITEM{'S' if count != 1 else ''}".ljust(28)
             + "  mean error    95 % interval     median  RMSLE   hits      R²"]
    for score in scores:
        interval = "{:,.0f} to {:,.0f}".format(*score["interval"]) if "interval" in score else "–"
        r2 = f"{round(score['r2'], 2) + 0.0:.2f}" if "r2" in score else "–"
        error, median = f"${score['mean_error']:,.2f}", f"${score['median_error']:,.2f}"
        lines.append(
            f"{score['name']:28}{error:>12}{interval:>17}{median:>11}{score['rmsle']:>7.2f}"
            f"{score['hits'] * 100:>5.0f} %{r2:>8}")
    return "\n".join(lines)


def duration(seconds):
    """Formats a time for people.

    >>> duration(0.2), duration(59), duration(200)
    ('1 s', '59 s', '3 min 20 s')
    """
    seconds = max(1, round(seconds))
    return f"{seconds} s" if seconds < 60 else f"{seconds // 60} min {seconds % 60} s"


def say(text):
    print(text, file=sys.stderr, flush=True)


def main():
    asked = arguments()
    try:
        if not CURATE.exists():
            raise rows.NoInput(f"{CURATE} is missing: run scripts/build first")
        if not asked.train and not asked.check_measures:
            rows.paths(asked.out, "train")
        if os.environ.get("BASELINES_ONLY_CHECK"):
            return
        if asked.check_measures:
            from . import measures
            sys.exit(measures.main(CURATE))
        # Not in this thread: a library that computes for minutes would block Ctrl-C.
        ThreadPoolExecutor(1).submit(train_and_score, asked).result()
    except KeyboardInterrupt:
        os._exit(130)
    except (rows.BadData, rows.NoInput, OSError) as error:
        say(f"Error: {error}")
        sys.exit({rows.BadData: 65, rows.NoInput: 66}.get(type(error), 74))


if __name__ == "__main__":
    main()
