"""The four features of an item: weight, rank, text length, and whether the brand is a big one."""
import json
import math

POUNDS = {
    "pounds": 1, "ounces": 1 / 16, "grams": 1 / 453.592, "milligrams": 1 / 453_592,
    "kilograms": 1 / 0.453592, "hundredths pounds": 1 / 100,
}
BRANDS = {"hp", "dell", "lenovo", "samsung", "asus", "sony", "canon", "apple", "intel"}


def parsed(details):
    """The details as a dictionary; empty if they are missing or not a JSON object.

    >>> parsed('{"Brand": "HP"}'), parsed({"Brand": "HP"})
    ({'Brand': 'HP'}, {'Brand': 'HP'})
    >>> parsed(None), parsed(""), parsed("[1]"), parsed("{")
    ({}, {}, {}, {})
    """
    if isinstance(details, str):
        try:
            details = json.loads(details)
        except (ValueError, RecursionError):
            return {}
    return details if isinstance(details, dict) else {}


def number(value):
    """A JSON number, or a string with a number, as a float; NaN for anything else or anything not finite.

    >>> number(3), number("1,234.5"), number(" .5 ")
    (3.0, 1234.5, 0.5)
    >>> number("heavy"), number("inf"), number(None), number(True), number([1]), number(10 ** 400)
    (nan, nan, nan, nan, nan, nan)
    """
    if isinstance(value, str):
        value = value.replace(",", "")
    elif isinstance(value, bool) or not isinstance(value, (int, float)):
        return math.nan
    try:
        value = float(value)
    except (ValueError, OverflowError):
        return math.nan
    return value if math.isfinite(value) else math.nan


def weight(details):
    """The item's weight in pounds, or NaN if there is none that can be parsed.

    >>> for text in "2.5 pounds", "3.2 ounces", "8.93 Pounds", "250 hundredths pounds", "1,200 Pounds":
    ...     print(text, "=", round(weight({"Item Weight": text}), 6))
    2.5 pounds = 2.5
    3.2 ounces = 0.2
    8.93 Pounds = 8.93
    250 hundredths pounds = 2.5
    1,200 Pounds = 1200.0
    >>> for text in "453.592 grams", "907184 Milligrams", "2 Kilograms":
    ...     print(text, "=", round(weight({"Item Weight": text}), 4))
    453.592 grams = 1.0
    907184 Milligrams = 2.0
    2 Kilograms = 4.4092
    >>> unreadable = "2", "pounds", "2 stone", "inf pounds", "-1 pounds", "", 2, None
    >>> [weight({"Item Weight": value}) for value in unreadable]
    [nan, nan, nan, nan, nan, nan, nan, nan]
    >>> weight({"Package Weight": "2 pounds"})
    nan
    """
    amount, _, unit = str(details.get("Item Weight", "")).strip().partition(" ")
    pounds = number(amount) * POUNDS.get(unit.strip().lower(), math.nan)
    return pounds if pounds >= 0 else math.nan


def rank(details):
    """The mean of the item's best-sellers ranks over its categories, or NaN if one of them cannot be parsed.

    >>> rank({"Best Sellers Rank": {"Musical Instruments": 101826, "Music Stands": 585}})
    51205.5
    >>> rank({"Best Sellers Rank": {"Appliances": "1,713"}})
    1713.0
    >>> unreadable = {}, {"A": None}, {"A": 1, "B": "top"}, "#5 in Appliances", 5, {"A": 1e308, "B": 1e308}
    >>> [rank({"Best Sellers Rank": value}) for value in unreadable], rank({})
    ([nan, nan, nan, nan, nan, nan], nan)
    """
    ranks = details.get("Best Sellers Rank")
    if not isinstance(ranks, dict) or not ranks:
        return math.nan
    return number(sum(map(number, ranks.values())) / len(ranks))


def has_big_brand(details):
    """Whether the brand is one of a few well-known makers of electronics.

    >>> [has_big_brand({"Brand": brand}) for brand in ("HP", "sony", "Apple", "Applesauce", "", None, 7)]
    [True, True, True, False, False, False, False]
    >>> has_big_brand({"Manufacturer": "HP"})
    False
    """
    return str(details.get("Brand")).lower() in BRANDS


def features(details, text):
    """The four features of one item, NaN for an unknown weight or rank.

    The course also counts the characters of the question. That adds the same number to every item, and changes
    no guess of a linear model.

    >>> details = {"Item Weight": "8 ounces", "Best Sellers Rank": {"A": 2, "B": 4}, "Brand": "Dell"}
    >>> features(details, "A keyboard")
    (0.5, 3.0, 10, True)
    >>> features({}, "")
    (nan, nan, 0, False)
    """
    return weight(details), rank(details), len(text), has_big_brand(details)
