"""Counts cases and their problems."""
import collections

from .common import PLACE, row


class Tally:
    """Counts cases and their problems, and keeps how to reproduce them."""

    report = PLACE / "sweep-failures.txt"
    cases = 0  # Over all tallies.

    def __init__(self, words, keeps=True):
        self.words, self.keeps, self.done, self.survived = words, keeps, 0, 0
        self.problems = collections.Counter()

    def add(self, case, problems, again=""):
        """Counts a case; `again` says how to reproduce it."""
        self.done += 1
        Tally.cases += 1
        self.survived += not problems
        self.problems.update({problem.split(" (")[0] for problem in problems})
        if problems and self.keeps:
            with open(self.report, "a") as report:
                report.write(f"{self.words}: {case}: {', '.join(problems)}\n    {again}\n")

    def row(self):
        if self.done:
            counted = ", ".join(f"{count} {problem}" for problem, count in sorted(self.problems.items()))
            row(self.words, self.done, self.survived, counted or "0 torn, 0 hidden, 0 failing")


def spread(numbers, count):
    """At most `count` of the numbers, evenly spread."""
    numbers = list(numbers)
    if len(numbers) <= count:
        return numbers
    return [numbers[at * len(numbers) // count] for at in range(count)]
