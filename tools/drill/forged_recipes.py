"""Bad recipes that a pool may hold, by name; a function derives one from the pool's own."""


def aliases(levels, fan, as_key):
    """Each list contains the previous one several times."""
    lines = ["a0: &a0 [x, x]"]
    for level in range(1, levels):
        lines.append(f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * fan)}]")
    if as_key:
        lines.append(f"? *a{levels - 1}\n: 1")
    return "\n".join(lines) + "\n"


def replaced(old, new):
    return lambda good: good.replace(old, new)


RECIPES = {
    "an alias as a key": aliases(24, 9, True),
    "aliases": aliases(24, 9, False),
    "aliases as keys in braces": aliases(24, 9, False) + "{*a23 : 1, *a22 : 2}: 1\n",
    "an alias for a step": replaced("- strip-html", "- &x strip-html\n  - *x"),
    "nested lists": "a: " + "[" * 900 + "]" * 900,
    "too deep": "a: " + "[" * 100_000,
    "nested keys": "{" * 450 + "[x]" + ": 1}" * 100 + "}" * 350,
    "nested question marks": "? " * 900 + "[" + "x," * 200_000 + "]",
    "question marks in brackets": "{? " * 400 + "[" + "x," * 200_000 + "]" + ": 1}" * 400,
    "nested dashes": "- " * 900 + "x",
    "a huge cut-to": replaced("cut-to: 160", "cut-to: 9223372036854775807"),
    "a huge cut-to of contents": replaced("cut-to: 1120", "cut-to: 9223372036854775807"),
    "huge more-than": replaced("more-than: 150", "more-than: 9223372036854775806"),
    "more-than beyond cut-to": replaced("more-than: 150", "more-than: 1500"),
    "a minimum beyond the maximum": replaced("minimum: 0.5", "minimum: 999999"),
    "no number": replaced("minimum: 0.5", "minimum: .nan"),
    "infinity": replaced("maximum: 999.49", "maximum: .inf"),
    "a huge limit": replaced("limit: 1200", "limit: 9223372036854775807"),
    "limit 1": replaced("limit: 1200", "limit: 1"),
    "huge copies": replaced("copies: 3", "copies: 9223372036854775807"),
    "huge train": replaced("train: 400000", "train: 9223372036854775807"),
    "huge sizes": lambda good: good.replace("train: 400000", "train: 9223372036854775807").replace(
        "test: 2000", "test: 9223372036854775807").replace("validation: 2000", "validation: 9223372036854775807"),
    "base 60": replaced("train: 400000", "train: 9999999999999999:59"),
    "base 60, long": replaced("limit: 1200", "limit: " + ":".join(["59"] * 40)),
    "base 60 for a share": replaced("per-thousand: 10", "per-thousand: 153722867280912930:59"),
    "base 16": replaced("limit: 1200", "limit: 0xFFFFFFFFFFFFFFFFFF"),
    "slots upside down": replaced("lowest: 1\n", "lowest: 999\n"),
    "all slots": replaced("highest: 999", "highest: 999999"),
    "weights": replaced("Automotive: 1", "Automotive: 1000\n        Toys_and_Games: 1000"),
    "even": lambda good: good[:good.index("  - balance:")] + "  - even: {bands: ['1', '2147483647']}\n  - split\n",
    "bands without end": lambda good: good[:good.index("  - balance:")] + "  - even: {bands: ["
    + ", ".join(f"'{n}'" for n in range(1, 50_000)) + "]}\n  - split\n",
    "no fingerprint": replaced("  - fingerprint:\n      shingle-words: 5\n", ""),
    "long shingles": replaced("shingle-words: 5", "shingle-words: 100"),
    "a long question": replaced("question: How", "question: " + "How " * 200_000),
    "a question of brackets": replaced("question: How", "question: '" + "[{" * 2000 + "' #"),
    "another prefix": replaced("prefix: Price is $", "prefix: '$'"),
    "removals": replaced("      # Long enough", "      remove-from-details: [" + ", ".join(["ab"] * 50_000) + "]\n      #"),
    "a tag": replaced("cut-to: 160", "cut-to: !!python/object 160"),
    "two documents": lambda good: good + "---\n" + good,
    "a name that is escaped": replaced("name: pricer", 'name: "\\e[31m\\0<script>"'),
    "a long name": replaced("name: pricer", "name: " + "p" * 900_000),
    "too large": lambda good: good + "# " + "x" * (2 << 20),
    "empty": "", "no YAML": "a: [", "NUL": "name: a\0b", "a list": "- a\n",
}
