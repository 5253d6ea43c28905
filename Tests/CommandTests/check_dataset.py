#!/usr/bin/env python3
"""Judges a finished dataset folder of the default recipe, without any of curate's own code.

usage: check_dataset.py DIR

Prints figures, then a line for each kind of finding: the kind, how many, and the first example.
Exits with 1 if there is a finding.
"""
import hashlib
import html
import json
import os
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from decimal import ROUND_HALF_EVEN, Decimal
from math import pi, sqrt

QUESTION = "How much does this cost to the nearest dollar?\n\n"
PREFIX = "\n\nPrice is $"
KEYS = ["id", "category", "price", "prompt", "completion"]
LOWEST, HIGHEST = Decimal("0.5"), Decimal("999.49")
BANDS = [5, 10, 20, 50, 100, 200, 500, 1000]
LIMIT = 0.8
SHINGLE = 5
WORDS = {
    "letters and digits": lambda text: re.findall(r"[^\W_]+", text.lower()),
    "lower-cased, between spaces": lambda text: text.lower().split(),
    "between spaces": lambda text: text.split(),
}
MULTIPLE = r"(?!\s*(?:k|m|mm|bn|hundred|thousand|million|billion)\b)"
# A number that something is measured by is no price, though it may be the same.
MEASURED = r"(?!\s*%)(?!\s*-?(?:x|inch|inches|oz|lbs?|pounds?|ounces?|mm|cm|m|kg|g|ml|l|v|w|stars?)\b)"
# Arabic, Syriac and Kaithi signs that stand under or before numbers.
SEEN_FORMATS = set(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
LABEL = (
    r"\b(?:msrp|rrp|srp|(?:list|retail|sale|regular|our|suggested|original|selling)\s+price)"
    r"\W{0,3}(?:is|was|of)?\W{0,3}")


class Findings:
    def __init__(self):
        self.first = {}
        self.count = Counter()

    def add(self, kind, example):
        self.first.setdefault(kind, example)
        self.count[kind] += 1

    def print(self):
        for kind, example in self.first.items():
            print(f"{kind} ({self.count[kind]}): {example}")


class Row:
    def __init__(self, split, number, fields):
        self.place = f"{split}.jsonl:{number} {fields['id']}"
        self.split = split
        self.id = fields["id"]
        self.category = fields["category"]
        self.price = Decimal(str(fields["price"]))
        self.prompt = fields["prompt"]
        self.completion = fields["completion"]
        self.text = self.prompt.removeprefix(QUESTION).removesuffix(PREFIX)
        self.title = folded(self.text.split("\n", 1)[0])


def folded(text):
    return " ".join(text.casefold().split())


def read(folder, split, findings):
    rows = []
    name = f"{split}.jsonl"
    with open(os.path.join(folder, name), "rb") as file:
        for number, line in enumerate(file, 1):
            try:
                fields = json.loads(line.decode("utf-8"))
                if list(fields) != KEYS or not line.endswith(b"\n"):
                    findings.add("bad-row", f"{name}:{number} keys {list(fields)}")
                rows.append(Row(split, number, fields))
            except (ValueError, KeyError, TypeError, ArithmeticError, AttributeError) as error:
                findings.add("bad-row", f"{name}:{number} {error!r}")
    return rows


def check_manifest(folder, splits, findings):
    with open(os.path.join(folder, "manifest.json"), encoding="utf-8") as file:
        manifest = json.load(file)
    for split, rows in splits.items():
        name = f"{split}.jsonl"
        output = manifest["outputs"].get(name, {})
        with open(os.path.join(folder, name), "rb") as file:
            content = file.read()
        found = {
            "rows": len(rows), "bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest()}
        if found != output:
            findings.add("manifest", f"{name}: {found}, and the manifest says {output}")
        if len(rows) > manifest["request"][split]:
            findings.add("too-many-rows", f"{name}: more than {manifest['request'][split]}")
    written = sum(len(rows) for rows in splits.values())
    if manifest["selection"][-1]["itemsOut"] != written:
        findings.add("manifest", f"{written} rows, and the selection ends with another number")


def own_price(price):
    """A pattern of all forms of a price in a text."""
    cents = int((price * 100).to_integral_value(ROUND_HALF_EVEN))
    whole, rest = divmod(cents, 100)

    def grouped(number):
        return f"{number}|{number:,}" if number >= 1000 else f"{number}"

    start, end = r"(?<!\d)(?<!\d[.,])", r"(?!\d)(?!\.\d)"
    dollars = f"(?:{grouped(whole)})" + ("?" if whole == 0 else "")
    exact = rf"{dollars}\.{rest:02}"
    marked = [exact, rf"{dollars},{rest:02}"]
    if rest % 10 == 0:
        marked.append(rf"{dollars}\.{rest // 10}")
    for number in {whole, (cents + 50) // 100} - {0}:
        marked.append(rf"(?:{grouped(number)})(?:\.00)?")
    amount = f"(?:{'|'.join(marked)}){end}(?!,\\d{{3}}){MULTIPLE}"
    forms = [
        rf"(?:(?<!\d)\$|\bUSD\s*\$?|\bUS\s*\$|U\.S\.\s*\$|＄|﹩)\s*{start}{amount}",
        rf"{start}(?<!\w){amount}\s*-?\s*(?:(?:US|U\.S\.)\s*)?(?:dollars?|bucks?|USD)\b",
        rf"{start}(?<!\w){amount}\$(?!\d)",
        rf"{LABEL}{start}{amount}(?!\w)",
        rf"(?<!\bx )(?<!\bx)(?<![£€¥])(?<![£€¥] ){start}(?<![\w.]){exact}{end}(?!\w){MULTIPLE}{MEASURED}",
    ]
    if whole == 0:
        forms.append(rf"(?<![\w.,]){rest}\s*(?:¢|cents?\b)")
    return re.compile("|".join(forms), re.IGNORECASE)


def is_unseen(character):
    code = ord(character)
    return (
        unicodedata.category(character) == "Cf" and character not in SEEN_FORMATS
        or unicodedata.category(character) == "Cc" and character != "\n"
        or 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF or code in (0xFFFC, 0xFFFD))


def check_row(row, findings):
    if not (row.prompt.startswith(QUESTION) and row.prompt.endswith(PREFIX)):
        findings.add("prompt", f"{row.place} begins or ends otherwise")
    if len(re.findall(r"price\W+is\W*\$", row.prompt, re.IGNORECASE)) != 1:
        findings.add("prefix-in-text", f"{row.place} has its prefix twice")
    if row.completion != f"{row.price.quantize(Decimal(1), ROUND_HALF_EVEN)}.00":
        findings.add("completion", f"{row.place} {row.completion} for {row.price}")
    if not LOWEST <= row.price <= HIGHEST:
        findings.add("price-range", f"{row.place} {row.price}")
    match = own_price(row.price).search(row.text)
    if match:
        findings.add("own-price", f"{row.place} {row.price}: {around(row.text, match.span())}")
    match = re.search(r"</?[a-z][^<>]*>|<!--", row.text, re.IGNORECASE)
    if match:
        findings.add("tag", f"{row.place} {around(row.text, match.span())}")
    resolved = html.unescape(row.text)
    if resolved != row.text:
        place = len(os.path.commonprefix([resolved, row.text]))
        findings.add("entity", f"{row.place} {around(row.text, (place, place + 8))}")
    if not row.text.isascii():
        check_characters(row, findings)
    elif any(ord(character) < 32 and character != "\n" or character == "\x7f"
             for character in row.text):
        findings.add("character", f"{row.place} has a control character")


def check_characters(row, findings):
    for place, character in enumerate(row.text):
        if is_unseen(character):
            excerpt = around(row.text, (place, place + 1))
            findings.add("character", f"{row.place} U+{ord(character):04X} {excerpt}")
        elif unicodedata.category(character)[0] == "Z" and character != " ":
            findings.add("space", f"{row.place} U+{ord(character):04X}")
    if unicodedata.normalize("NFC", row.text) != row.text:
        findings.add("not-composed", row.place)


def around(text, span):
    return ascii(text[max(0, span[0] - 30):span[1] + 30])


def check_repetitions(rows, findings):
    for kind, key in [
            ("same-id", lambda row: row.id), ("same-title", lambda row: row.title),
            ("same-text", lambda row: folded(row.text))]:
        seen = {}
        for row in rows:
            # A title of nothing but a part number has been scrubbed away: none is not the same.
            other = seen.setdefault(key(row) or row, row)
            if other is not row:
                findings.add(kind, f"{row.place} as {other.place}")


def shingles(words):
    if len(words) < SHINGLE:
        return {" ".join(words)} if words else set()
    return {" ".join(words[start:start + SHINGLE]) for start in range(len(words) - SHINGLE + 1)}


def check_neighbours(train, held_out, findings):
    """Every pair between train and held-out that has a shingle in common has its Jaccard."""
    for name, words in WORDS.items():
        index = defaultdict(list)
        sizes = []
        for number, row in enumerate(held_out):
            found = shingles(words(row.text))
            sizes.append(len(found))
            for shingle in found:
                index[shingle].append(number)
        compared, highest, half = 0, 0.0, 0
        for row in train:
            own = shingles(words(row.text))
            common = Counter()
            for shingle in own & index.keys():
                common.update(index[shingle])
            compared += len(common)
            for number, count in common.items():
                similarity = count / (len(own) + sizes[number] - count)
                highest = max(highest, similarity)
                half += similarity >= 0.5
                if similarity >= LIMIT:
                    findings.add(
                        "near-duplicate",
                        f"{similarity:.3f} ({name}) {row.place} and {held_out[number].place}")
        print(
            f"words {name}: {len(train) * len(held_out)} pairs, {compared} with a common shingle, "
            f"{half} at 0.5 or more, the highest {highest:.3f}")


def print_distance(name, test, train):
    """Total variation, and about what chance alone gives samples of these sizes."""
    if not test or not train:
        return
    first, second = Counter(test), Counter(train)
    distance = sum(
        abs(first[key] / len(test) - second[key] / len(train)) for key in first | second) / 2
    shares = [(first[key] + second[key]) / (len(test) + len(train)) for key in first | second]
    size = 1 / len(test) + 1 / len(train)
    chance = sum(sqrt(share * (1 - share) * size * 2 / pi) for share in shares) / 2
    print(f"distance of test and train over {name}: {distance:.4f} (by chance {chance:.4f})")


def band(row):
    return next(limit for limit in BANDS if row.price < limit)


def main():
    folder = sys.argv[1]
    findings = Findings()
    splits = {name: read(folder, name, findings) for name in ("train", "validation", "test")}
    check_manifest(folder, splits, findings)
    rows = [row for split in splits.values() for row in split]
    for row in rows:
        check_row(row, findings)
    check_repetitions(rows, findings)
    sizes = ", ".join(f"{name} {len(split)}" for name, split in splits.items())
    print(f"{sizes}; {sum(row.title == '' for row in rows)} without a title")
    check_neighbours(splits["train"], splits["test"] + splits["validation"], findings)
    test, train = splits["test"], splits["train"]
    print_distance("categories", [row.category for row in test], [row.category for row in train])
    print_distance("price bands", [band(row) for row in test], [band(row) for row in train])
    findings.print()
    sys.exit(1 if findings.count else 0)


if __name__ == "__main__":
    main()
