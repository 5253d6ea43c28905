"""Pools that curate did not write: each function changes the pool of the dataset in a folder.

A function takes the folder, a random generator and the scene: see `Scene` in forged.py.
"""
import os
import random
import shutil
import socket
import sqlite3
import struct

if __package__:
    from .forged_recipes import RECIPES
else:
    from forged_recipes import RECIPES

PAGE = 8192
ENDLESS = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT "
COLUMNS = {
    "items": "id category price token_count prompt answer source line details".split(),
    "fingerprints": "item title text shingles".split(),
    "sources": "number name items sum rejects_sum input samples".split(),
    "rejects": "source batch members".split(),
    "about": "key value".split(),
}
ODD_VALUES = (
    "NULL", "'a text'", "''", "x'00ff'", "zeroblob(3)", "-1", "0", "9223372036854775807", "-9223372036854775808",
    "9e999", "-9e999", "1e308", "0.1", "4294967296", "char(0)", "char(27) || ']0;x' || char(7)", "CAST(x'c328ff' AS TEXT)",
    "CAST(x'610062' AS TEXT)", "'{}'", "'[' || replace(hex(zeroblob(4000)), '0', '[')", "'9' || replace(hex(zeroblob(400)), '0', '9')",
)


def path(folder):
    return folder / "pool.sqlite"


def sql(folder, *statements, **settings):
    """Runs statements, ignoring check constraints."""
    connection = sqlite3.connect(path(folder), isolation_level=None)
    connection.text_factory = bytes
    try:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            connection.execute(statement)
    finally:
        connection.close()


def schema(folder, *changes):
    """Changes sqlite_schema itself, which SQLite normally forbids."""
    sql(folder, "PRAGMA writable_schema = ON", *changes, "PRAGMA writable_schema = RESET")


def loosely(folder, table):
    """A context manager that takes NOT NULL off a table and restores it."""
    class Loose:
        def __enter__(self):
            self.text = None
            connection = sqlite3.connect(path(folder))
            (self.text,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
            connection.close()
            schema(folder, f"UPDATE sqlite_master SET sql = replace(sql, ' NOT NULL', '') WHERE name = '{table}'")

        def __exit__(self, *_):
            text = self.text.replace("'", "''")
            schema(folder, f"UPDATE sqlite_master SET sql = '{text}' WHERE name = '{table}'")
    return Loose()


def endless_view(folder, rng, scene):
    table = rng.choice(list(COLUMNS))
    values = {"items": "'a', 'b', 5.0, 9, 'p', '5.00', 's', n, '{}'", "fingerprints": "n, n, n, x'00000000'",
              "sources": "n, 's', 1, 1, 1, '{}', '{}'", "rejects": "0, n, x''", "about": "'recipe', 'x' || n"}[table]
    named = ", ".join(COLUMNS[table])
    drop = [f"DROP INDEX items_by_id"] if table == "items" else []
    sql(folder, *drop, f"ALTER TABLE {table} RENAME TO other",
        f"CREATE VIEW {table} ({named}) AS {ENDLESS}{values} FROM c")


def trigger(folder, rng, scene):
    table = rng.choice(list(COLUMNS))
    event = rng.choice(("INSERT", "DELETE"))
    sql(folder, f"CREATE TRIGGER t AFTER {event} ON {table} BEGIN DELETE FROM items; END")


def added(folder, rng, scene):
    sql(folder, rng.choice((
        "CREATE TABLE more (a)", "CREATE INDEX more ON items (source)", "CREATE VIEW v AS SELECT * FROM items", "ANALYZE",
        "CREATE VIRTUAL TABLE v USING fts5(a)", "CREATE VIRTUAL TABLE v USING rtree(a, b, c)",
        "CREATE INDEX more ON items (price) WHERE line > 5", "CREATE TABLE \"a'b\x1b[31m\" (a)",
        "CREATE TABLE more (a INTEGER PRIMARY KEY AUTOINCREMENT)")))


def altered(folder, rng, scene):
    schema_changes = (
        "UPDATE sqlite_master SET sql = replace(sql, 'price REAL', 'price REAL DEFAULT (randomblob(1000000000))') WHERE name = 'items'",
        "UPDATE sqlite_master SET sql = replace(sql, 'line INTEGER NOT NULL', 'line INTEGER AS (length(randomblob(1000000000)))') WHERE name = 'items'",
        "UPDATE sqlite_master SET sql = 'CREATE INDEX items_by_id ON items (id, category, abs(randomblob(1000000000)))' WHERE name = 'items_by_id'",
        "UPDATE sqlite_master SET sql = 'CREATE VIRTUAL TABLE items USING fts5(id)', rootpage = 0 WHERE name = 'items'",
        "UPDATE sqlite_master SET rootpage = 1 WHERE name = 'items'",
        "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = 'about') WHERE name = 'items'",
        "UPDATE sqlite_master SET rootpage = 999999999 WHERE name = 'fingerprints'",
        "UPDATE sqlite_master SET sql = 'CREATE TABLE items (' || replace(hex(zeroblob(5000000)), '0', 'a') || ')' WHERE name = 'items'",
        "UPDATE sqlite_master SET sql = 'CREATE VIEW v AS SELECT 1 IN (' || replace(hex(zeroblob(3000000)), '0', '1,') || '1)' WHERE name = 'about'",
        "UPDATE sqlite_master SET tbl_name = 'about' WHERE name = 'items'",
        "UPDATE sqlite_master SET name = 'sqlite_items' WHERE name = 'items'",
        "DELETE FROM sqlite_master WHERE name = 'items_by_id'",
        "INSERT INTO sqlite_master SELECT * FROM sqlite_master WHERE name = 'items'",
        "UPDATE sqlite_master SET sql = CAST(x'00' AS TEXT) || sql",
    )
    plain = ("ALTER TABLE items ADD COLUMN more", "ALTER TABLE items DROP COLUMN line", "DROP TABLE fingerprints",
             "DROP TABLE about", "DROP INDEX items_by_id", "DROP TABLE sources", "ALTER TABLE items RENAME COLUMN line TO row")
    change = rng.choice(schema_changes + plain)
    (sql if change in plain else schema)(folder, change)


def odd_value(folder, rng, scene):
    """A value that is invalid for its column, in one row or in all."""
    table = rng.choice(list(COLUMNS))
    column = rng.choice(COLUMNS[table])
    where = rng.choice(("", f" WHERE {COLUMNS[table][0]} = (SELECT max({COLUMNS[table][0]}) FROM {table})"))
    with loosely(folder, table):
        sql(folder, f"UPDATE OR IGNORE {table} SET {column} = {rng.choice(ODD_VALUES)}{where}")


def odd_row_number(folder, rng, scene):
    number = rng.choice((0, -1, -2**63, 2**31, 2**32 - 1, 2**32, 2**40, 2**63 - 1))
    sql(folder, f"UPDATE items SET rowid = {number} WHERE rowid = 3",
        *([f"UPDATE fingerprints SET item = {number} WHERE item = 3"] if rng.random() < 0.7 else []))


def huge_value(folder, rng, scene):
    table, column = rng.choice((
        ("items", "id"), ("items", "prompt"), ("items", "category"), ("items", "answer"), ("items", "details"), ("items", "source"),
        ("fingerprints", "shingles"), ("fingerprints", "shingles"), ("sources", "input"), ("sources", "samples"),
        ("sources", "name"), ("rejects", "members"), ("about", "value")))
    size = rng.choice((1_000_000, 5_000_000, 12_000_000, 15_000_000, 20_000_000, 40_000_000))
    value = f"{rng.choice(('zeroblob', 'randomblob'))}({size})" if column in ("shingles", "members") else f"replace(hex(zeroblob({size // 2})), '0', '{rng.choice('a 1[')}')"
    where = rng.choice(("rowid < 2", "rowid IN (2, 5, 9)", "rowid % 40 = 1")) if table not in ("about", "rejects") else "1"
    sql(folder, f"UPDATE {table} SET {column} = {value} WHERE {where}")


def rows_gone(folder, rng, scene):
    table = rng.choice(list(COLUMNS))
    sql(folder, f"DELETE FROM {table}{rng.choice(('', ' WHERE random() % 3 = 0'))}")


def rows_doubled(folder, rng, scene):
    sql(folder, rng.choice((
        "INSERT INTO items SELECT * FROM items", "UPDATE items SET id = 'A'", "UPDATE items SET category = rowid",
        "UPDATE items SET price = 5, id = 'A', category = 'B'", "UPDATE sources SET name = 'meta_Toys_and_Games.jsonl.gz'",
        "UPDATE fingerprints SET title = 5", "UPDATE fingerprints SET shingles = (SELECT shingles FROM fingerprints LIMIT 1)")))


def recipe(folder, rng, scene):
    text = rng.choice(list(RECIPES.values()))
    connection = sqlite3.connect(path(folder), isolation_level=None)
    (good,) = connection.execute("SELECT value FROM about WHERE key = 'recipe'").fetchone()
    connection.execute("UPDATE about SET value = ? WHERE key = 'recipe'", (text(good) if callable(text) else text,))
    connection.close()


def source_json(folder, rng, scene):
    old, new = rng.choice((
        ('"read":', '"read":9223372036854775807,"x":'), ('"kept":', '"kept":-5,"x":'), ('{', "{" * 5000), ('"lines":', '"lines":{"lines":'),
        ('"bytes":', '"bytes":1e400,"x":'), ('"dropped":{', '"dropped":{"a":4503599627370496,"b":4503599627370496,'),
        ('"sha256":"', '"sha256":"\\u0000'), ('"name":"', '"name":"../'), ('}', '')))
    sql(folder, f"UPDATE sources SET input = replace(input, '{old}', '{new}')")


def wal(folder, rng, scene):
    """WAL mode, as another program may leave it: cleanly, or with rows in the log."""
    kind = rng.randrange(3)
    if kind == 0:
        sql(folder, "PRAGMA journal_mode = wal")
        return
    writer = sqlite3.connect(path(folder), isolation_level=None)
    writer.execute("PRAGMA journal_mode = wal")
    writer.execute("PRAGMA wal_autocheckpoint = 0")
    writer.execute("UPDATE items SET details = '{}' || details WHERE rowid = 3" if kind == 1 else "PRAGMA user_version = 4")
    names = [f"pool.sqlite{end}" for end in ("", "-wal", "-shm")]
    for name in names:
        shutil.copy(folder / name, folder / f"copy-{name}")
    writer.close()
    for name in names:
        os.replace(folder / f"copy-{name}", folder / name)
    if rng.random() < 0.3:
        (folder / "pool.sqlite-shm").write_bytes(rng.randbytes(rng.choice((0, 7, 32768, 40000))))


def stale_log(folder, rng, scene):
    """A log or journal of another database, or of none."""
    kind, end = rng.randrange(6), rng.choice(("-wal", "-journal", "-shm"))
    side = folder / f"pool.sqlite{end}"
    if kind == 0:
        side.write_bytes(rng.randbytes(rng.choice((1, 32, 5000, 200_000))))
    elif kind == 1:
        os.mkfifo(side)
    elif kind == 2:
        side.symlink_to(scene.canary)
    elif kind == 3:
        side.mkdir()
    elif kind == 4:
        side.symlink_to("/dev/zero")
    else:
        side.write_bytes(b"")


def hot_journal(folder, rng, scene):
    """The journal of an interrupted transaction; every other one names a file that SQLite would delete."""
    writer = sqlite3.connect(path(folder), isolation_level=None)
    writer.execute("PRAGMA cache_size = 1")
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE items SET details = details || ' '")
    for name in ("pool.sqlite", "pool.sqlite-journal"):
        shutil.copy(folder / name, folder / f"copy-{name}")
    writer.execute("ROLLBACK")
    writer.close()
    for name in ("pool.sqlite", "pool.sqlite-journal"):
        os.replace(folder / f"copy-{name}", folder / name)
    if rng.random() < 0.5:
        name = bytes(scene.canary)
        with open(folder / "pool.sqlite-journal", "r+b") as journal:
            if rng.random() < 0.5:
                journal.seek(0, 2)
            else:
                head = journal.read(28)
                journal.seek(max(512, struct.unpack(">I", head[20:24])[0]))
            journal.write(struct.pack(">I", 1 + (1 << 30) // PAGE) + name + struct.pack(
                ">II", len(name), sum(struct.unpack(f"{len(name)}b", name)) & 0xFFFFFFFF) + bytes.fromhex("d9d505f920a163d7"))
            journal.truncate()


def page_size(folder, rng, scene):
    sql(folder, f"PRAGMA page_size = {rng.choice((512, 1024, 4096, 65536))}", *rng.choice(((), ("PRAGMA auto_vacuum = 1",))), "VACUUM")


def encoding(folder, rng, scene):
    """The same rows in UTF-16."""
    old = sqlite3.connect(path(folder))
    script = list(old.iterdump())
    version = [old.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
    old.close()
    path(folder).unlink()
    new = sqlite3.connect(path(folder), isolation_level=None)
    new.execute(f"PRAGMA encoding = '{rng.choice(('UTF-16le', 'UTF-16be'))}'")
    new.execute(f"PRAGMA application_id = {version[0]}")
    new.execute(f"PRAGMA user_version = {version[1]}")
    new.executescript("\n".join(script))
    new.close()


def head(folder, rng, scene):
    """Overwrites a field of the file's header."""
    with open(path(folder), "r+b") as file:
        place = rng.choice((0, 16, 18, 19, 20, 21, 24, 28, 32, 36, 40, 44, 48, 52, 56, 60, 64, 68, 92, 96, 100, 103, 108))
        file.seek(place)
        file.write(rng.choice((rng.randbytes(4), rng.randbytes(1), bytes(4), b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff")))


def flipped(folder, rng, scene):
    data = bytearray(path(folder).read_bytes())
    for _ in range(rng.choice((1, 3, 30, 1000))):
        data[rng.randrange(100, len(data))] = rng.choice((rng.randrange(256), 0, 255))
    path(folder).write_bytes(data)


def pages_mixed(folder, rng, scene):
    data = bytearray(path(folder).read_bytes())
    for _ in range(rng.choice((1, 5, 40))):
        a, b = (PAGE * rng.randrange(1, len(data) // PAGE) for _ in range(2))
        data[a:a + PAGE] = data[b:b + PAGE]
    path(folder).write_bytes(data)


def truncated(folder, rng, scene):
    os.truncate(path(folder), rng.choice((0, 1, 99, 100, 512, PAGE, PAGE + 1, rng.randrange(path(folder).stat().st_size))))


def endless_tree(folder, rng, scene):
    """B-tree pages whose children are all the same page: a small file with more rows than can ever be read."""
    table = rng.choice(("items", "fingerprints", "sources", "items_by_id", "sqlite_master"))
    connection = sqlite3.connect(path(folder))
    root = 1 if table == "sqlite_master" else connection.execute(
        "SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
    connection.close()
    data = bytearray(path(folder).read_bytes())
    start, levels = len(data) // PAGE, rng.choice((1, 3, 4, 8))
    leaf = bytes(data[PAGE * (root - 1):PAGE * root])
    if root == 1:
        return flipped(folder, rng, scene)
    cell = b"\x01" if table != "items_by_id" else b"\x04\x04\x13\x13\x08\x08ab"
    count = 500
    for level in range(levels):
        below = start + level + 2
        page = bytearray(PAGE)
        cells = PAGE - count * (4 + len(cell))
        page[0:12] = struct.pack(">BHHHBI", 5 if cell == b"\x01" else 2, 0, count, cells, 0, below)
        for number in range(count):
            at = cells + number * (4 + len(cell))
            page[12 + 2 * number:14 + 2 * number] = struct.pack(">H", at)
            page[at:at + 4 + len(cell)] = struct.pack(">I", below) + cell
        data += page
    # The old root is at the bottom, or its first child if it has any.
    if leaf[0] in (5, 2):
        child = struct.unpack(">I", leaf[8:12])[0]
        leaf = bytes(data[PAGE * (child - 1):PAGE * child])
    data += leaf
    data[PAGE * (root - 1):PAGE * root] = data[PAGE * start:PAGE * (start + 1)]
    data[28:32] = struct.pack(">I", len(data) // PAGE)
    path(folder).write_bytes(data)


def endless_text(folder, rng, scene):
    """A text in an overflow page that continues with itself."""
    sql(folder, "INSERT INTO items SELECT 'zz', category, price, 9, replace(hex(zeroblob(1200000)), '0', 'q'), answer, source, 1, '{}' FROM items LIMIT 1")
    data = bytearray(path(folder).read_bytes())
    full = b"q" * (PAGE - 4)
    first = next((n for n in range(1, len(data) // PAGE) if data[PAGE * n + 4:PAGE * (n + 1)] == full), None)
    if first is not None:
        data[PAGE * first:PAGE * first + 4] = struct.pack(">I", first + 1)
    path(folder).write_bytes(data)


def special(folder, rng, scene):
    """A special file, or one that is not a database, instead of the pool."""
    pool, kind = path(folder), rng.randrange(9)
    if kind in (6, 7):
        os.truncate(pool, 1 << 40)
        if kind == 7:
            with open(pool, "r+b") as file:
                file.seek(28)
                file.write(struct.pack(">I", (1 << 40) // PAGE))
        return
    good = pool.read_bytes()
    pool.unlink()
    if kind == 0:
        os.mkfifo(pool)
    elif kind == 1:
        pool.mkdir()
    elif kind == 2:
        pool.symlink_to(rng.choice(("/dev/zero", "/dev/stdin", "/dev/tty", "/proc/self/mem")))
    elif kind == 3:
        pool.symlink_to(scene.canary)
    elif kind == 4:
        pool.symlink_to("pool.sqlite")
    elif kind == 5:
        server = socket.socket(socket.AF_UNIX)
        old = os.getcwd()
        os.chdir(folder)
        server.bind("pool.sqlite")
        os.chdir(old)
        server.close()
    else:
        pool.write_bytes(rng.choice((b"", b"text", b"\0" * PAGE, rng.randbytes(50_000), good[:16] + rng.randbytes(100_000))))


FORGERIES = [
    endless_view, trigger, added, altered, odd_value, odd_value, odd_row_number, huge_value, rows_gone, rows_doubled, recipe, recipe,
    source_json, wal, stale_log, hot_journal, page_size, encoding, head, flipped, flipped, pages_mixed, truncated, endless_tree,
    endless_text, special,
]
