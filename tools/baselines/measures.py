"""Checks the measures of `curate evaluate` against NumPy and scikit-learn, on random guesses and edge cases."""
import json
import math
import pathlib
import random
import subprocess
import sys
import tempfile

import numpy
from sklearn import metrics

LIMIT = 1e9
BANDS = [0, 10, 25, 50, 100, 200, 500, math.inf]


def measures(guesses, prices):
    """What the program's JSON should hold for some guesses, computed by NumPy and scikit-learn."""
    guesses, prices = numpy.array(guesses), numpy.array(prices)
    errors = numpy.abs(guesses - prices)
    green = (errors < 40) | (errors < 0.2 * prices)
    found = {
        "items": len(prices),
        "mean_error": metrics.mean_absolute_error(prices, guesses),
        "median_error": metrics.median_absolute_error(prices, guesses),
        "rmsle": metrics.root_mean_squared_log_error(prices, numpy.maximum(guesses, 0)),
        "hits": green.mean(),
        "bias": (guesses - prices).mean(),
    }
    if len(prices) > 1:
        margin = 1.96 * errors.std(ddof=1) / math.sqrt(len(prices))
        found["interval"] = [max(0, errors.mean() - margin), errors.mean() + margin]
    if len(set(prices.tolist())) > 1:
        found["r2"] = metrics.r2_score(prices, guesses)
    return found


def differences(found, expected, place):
    """Yields a line for each measure that differs by more than rounding, or that only one side has."""
    keys = {"items", "mean_error", "median_error", "rmsle", "hits", "bias", "interval", "r2"}
    for key in sorted(keys & (found.keys() | expected.keys())):
        if key not in found or key not in expected:
            yield f"{place}: {key} is missing on one side"
        elif not numpy.allclose(found[key], expected[key], rtol=1e-9, atol=1e-9):
            yield f"{place}: {key} is {found[key]}, and others compute {expected[key]}"


def check(curate, folder, name, guesses, prices, categories):
    """Scores guesses, which may be strings, in both ways; returns the differences."""
    def write(file, rows):
        (folder / file).write_text("".join(json.dumps(row) + "\n" for row in rows))

    train_prices = [round(random.uniform(0.5, 999), 2) for _ in range(200)]
    train_categories = [random.choice("ABC") for _ in train_prices]
    write("train.jsonl", [
        {"id": f"T{i}", "category": c, "price": p, "prompt": "x"}
        for i, (c, p) in enumerate(zip(train_categories, train_prices))])
    write("test.jsonl", [
        {"id": f"B{i}", "category": c, "price": p, "prompt": f"What?\n\nThing {i}\n\nPrice is $"}
        for i, (c, p) in enumerate(zip(categories, prices))])
    lines = ["id,guess", *(f"B{i},{guess}" for i, guess in enumerate(guesses))]
    (folder / "guesses.csv").write_text("\n".join(lines) + "\n")
    command = [
        curate, "evaluate", "--test", folder / "test.jsonl", "--train", folder / "train.jsonl",
        "--guesses", folder / "guesses.csv", "--first", "100000", "--json"]
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode:
        return [f"{name}: {result.stderr}"]
    found = json.loads(result.stdout)
    # Anything but a number counts as 0, and anything above the limit as the limit.
    numbers = [float(guess) for guess in guesses]
    numbers = [0 if math.isnan(n) else max(-LIMIT, min(n, LIMIT)) for n in numbers]
    problems = list(differences(found, measures(numbers, prices), name))
    constants = {
        "mean of train": lambda _: numpy.mean(train_prices),
        "median of train": lambda _: numpy.median(train_prices),
        "mean of the category": lambda category: numpy.mean(
            [p for c, p in zip(train_categories, train_prices) if c == category]),
    }
    for reference in found["references"][1:]:
        guess = constants[reference["name"]]
        problems += differences(reference, measures([guess(c) for c in categories], prices),
                                f"{name}, {reference['name']}")
    parts = [(part, [c == part["name"] for c in categories]) for part in found["categories"]]
    bands = [(low, high) for low, high in zip(BANDS, BANDS[1:]) if any(low <= p < high for p in prices)]
    parts += [
        (part, [low <= p < high for p in prices]) for part, (low, high) in zip(found["bands"], bands, strict=True)]
    for part, chosen in parts:
        pairs = [(n, p) for n, p, is_chosen in zip(numbers, prices, chosen) if is_chosen]
        problems += differences(part, measures(*zip(*pairs)), f"{name}, {part['name']}")
    return problems


def main(curate):
    """Returns the exit code."""
    random.seed(1)
    cases = {
        "one item": ([12.5], [10.0]),
        "two items": ([12.5, 3], [10.0, 10.5]),
        "prices of zero": ([0, 1, 50, 7.25], [0, 0, 0, 0.0]),
        "equal prices": ([1, 2, 3] * 5, [19.99] * 15),
        "perfect guesses": ([1.5, 2.5, 800], [1.5, 2.5, 800.0]),
        "huge guesses": ([1e8, 5, 3e9, 1e300, -1e300, "1e400"], [5.0, 10, 20, 30, 40, 50]),
        "guesses below zero": ([-5, -0.5, 3], [4.0, 0, 900]),
        "NaN and infinity": (["nan", "NaN", 20, 30], [10.0, 20, 30, 40]),
    }
    for number, size in enumerate([2, 3, 10, 47, 250, 2000, 2000, 2000]):
        prices = [round(random.lognormvariate(4, 1.2), 2) for _ in range(size)]
        spread = random.choice([0.1, 0.5, 2])
        cases[f"random {number}"] = ([p * random.lognormvariate(0, spread) for p in prices], prices)
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        for name, (guesses, prices) in cases.items():
            categories = [random.choice("ABC") for _ in prices]
            problems += check(curate, pathlib.Path(folder), name, guesses, prices, categories)
    for problem in problems:
        print(problem)
    print(f"{len(cases)} sets of guesses, {len(problems)} differences", file=sys.stderr)
    return 1 if problems else 0
