"""A model of a disk that loses power: which effects of a program's calls persist.

The model is weaker than ext4 and XFS. A change of a folder's entries persists once the folder is synced. Until then,
it may persist or not, but never without earlier changes of the same entry, and a rename is atomic. A file's bytes
persist once it is synced. Until then, any of its blocks may persist, and its size may be any that it had.
"""
import json
import os
import re
import stat

BLOCK = 4096


class Node:
    """A file, a folder or a link, whatever its names (an inode)."""

    def __init__(self, kind, mode=0o644, data=b"", number=0):
        self.kind, self.mode, self.data, self.pending, self.number = kind, mode, data, [], number

    def grown(self, changes):
        """Its bytes after some pending changes."""
        data = bytearray(self.data)
        for offset, change in changes:
            if change is None:
                del data[offset:]
                data.extend(bytes(offset - len(data)))
            else:
                data.extend(bytes(max(0, offset + len(change) - len(data))))
                data[offset:offset + len(change)] = change
        return bytes(data)

    def sync(self):
        self.data, self.pending = self.grown(self.pending), []

    def left(self, rng, share):
        """Bytes that may be on the disk, with this share of the unsynced blocks."""
        if not self.pending:
            return self.data
        whole = self.grown(self.pending)
        size = len(self.grown(self.pending[:rng.randint(0, len(self.pending))]))
        data = bytearray(size)
        for start in range(0, size, BLOCK):
            source = whole if rng.random() < share else self.data
            part = source[start:min(start + BLOCK, size)]
            data[start:start + len(part)] = part
        return bytes(data)


def snapshot(root):
    """The contents of a folder by inode number: (root's number, nodes, entries)."""
    nodes, entries = {}, {}

    def visit(path):
        status = os.lstat(path)
        if status.st_ino not in nodes:
            mode = stat.S_IMODE(status.st_mode)
            if stat.S_ISLNK(status.st_mode):
                nodes[status.st_ino] = ("link", mode, os.readlink(path))
            elif stat.S_ISDIR(status.st_mode):
                nodes[status.st_ino] = ("folder", mode, b"")
                for name in os.listdir(path):
                    entries[status.st_ino, name] = visit(os.path.join(path, name))
            else:
                with open(path, "rb") as file:
                    nodes[status.st_ino] = ("file", mode, file.read())
        return status.st_ino

    return visit(os.fsencode(root)), nodes, entries


class Disk:
    def __init__(self, start):
        top, nodes, entries = start
        self.live = {number: Node(*node, number=number) for number, node in nodes.items()}
        self.top = self.live[top]
        # By folder and name, initially and now.
        self.first = {(self.live[folder], name): self.live[number] for (folder, name), number in entries.items()}
        self.now = dict(self.first)
        self.changes = []  # [{entry: node or None}, whether it persists]

    def change(self, entries):
        self.changes.append([entries, False])
        for entry, node in entries.items():
            if node:
                self.now[entry] = node
            else:
                self.now.pop(entry, None)

    def entry(self, call, at):
        return self.live[int(call.details[at])], bytes.fromhex(call.details[at + 1])

    def play(self, call):
        """Replays a recorded call."""
        name, details = call.name, call.details
        if call.result < 0:
            return
        if name in ("create", "mkdir", "symlink"):
            kind = {"create": "file", "mkdir": "folder", "symlink": "link"}[name]
            number = int(details[2])
            node = self.live[number] = Node(kind, int(details[3]), number=number)
            if name == "symlink":
                node.data = bytes.fromhex(details[4])
            if details[0] != "0":
                self.change({self.entry(call, 0): node})
        elif name == "link":
            self.change({self.entry(call, 0): self.live[int(details[2])]})
        elif name in ("unlink", "rmdir"):
            self.change({self.entry(call, 0): None})
        elif name == "rename":
            source, target = self.entry(call, 0), self.entry(call, 2)
            node, other = self.now[source], self.now.get(target)
            if node is not other:
                self.change({source: other if int(details[4]) & 2 else None, target: node})
        elif name == "write":
            if call.result:
                self.live[int(details[0])].pending.append((int(details[1]), bytes.fromhex(details[2])))
        elif name == "truncate":
            self.live[int(details[0])].pending.append((int(details[1]), None))
        elif name == "allocate":
            node = self.live[int(details[0])]
            if len(node.grown(node.pending)) < int(details[1]):
                node.pending.append((int(details[1]), None))
        elif name == "sync":
            node = self.live[int(details[0])]
            node.sync()
            for change in self.changes:
                change[1] = change[1] or any(folder is node for folder, _ in change[0])
        elif name == "syncfs":
            for node in self.live.values():
                node.sync()
            for change in self.changes:
                change[1] = True
        elif name == "mode":
            self.live[int(details[-2 if len(details) == 2 else 2])].mode = int(details[-1])

    def names_left(self, lasts):
        """The entries after a cut. A change persists if `lasts` says so, if it was synced, or if one that persists
        needs it."""
        needed, kept = set(), []
        for number in range(len(self.changes) - 1, -1, -1):
            entries, is_synced = self.changes[number]
            if is_synced or lasts(number) or not needed.isdisjoint(entries):
                needed.update(entries)
                kept.append(entries)
        names = dict(self.first)
        for entries in reversed(kept):
            names.update(entries)
        return {entry: node for entry, node in names.items() if node}

    def cut(self, rng, kind):
        """The tree after a power cut: a list of (path, kind, mode, data, node), folders before their contents."""
        point, share = rng.randint(0, len(self.changes)), rng.random()
        names = self.names_left({
            "least": lambda number: False,
            "names only": lambda number: True,
            "journal": lambda number: number < point,
            "random": lambda number: rng.random() < share,
            "all": lambda number: True,
        }[kind])
        share = {"least": 0, "names only": 0, "all": 1}.get(kind, share)
        contents = {}
        below = {}
        for (folder, name), node in names.items():
            below.setdefault(folder, []).append((name, node))

        def visit(folder, path):
            for name, node in sorted(below.get(folder, ()), key=lambda pair: pair[0]):
                if node.kind == "file" and node not in contents:
                    contents[node] = node.grown(node.pending) if kind == "all" else node.left(rng, share)
                yield os.path.join(path, name), node.kind, node.mode, contents.get(node, node.data), node
                if node.kind == "folder":
                    yield from visit(node, os.path.join(path, name))

        return list(visit(self.top, b""))


def put(tree, root):
    """Creates the files and folders of a cut in a new folder."""
    os.mkdir(root)
    # Hard links stay hard links.
    made = {}
    for path, kind, mode, data, node in tree:
        path = os.path.join(os.fsencode(root), path)
        if kind == "folder":
            os.mkdir(path)
            os.chmod(path, mode)
            made[node] = path
        elif node in made:
            os.link(made[node], path, follow_symlinks=False)
        elif kind == "link":
            os.symlink(data, path)
            made[node] = path
        else:
            with open(path, "wb") as file:
                file.write(data)
            os.chmod(path, mode)
            made[node] = path
    rename_by_inodes(made)


def rewrite_record(path, renamed, made):
    """Updates the record of files that are replaced one by one, which names them by inode and time, too."""
    try:
        with open(path, "rb") as file:
            record = json.loads(renamed(file.read()))
    except ValueError:  # Incomplete.
        return
    for version in record["own"].values():
        if version["number"] in made:
            status = os.lstat(made[version["number"]])
            seconds, nanoseconds = divmod(status.st_mtime_ns, 10 ** 9)
            version.update(number=status.st_ino, seconds=seconds, nanoseconds=nanoseconds)
    with open(path, "w") as file:
        json.dump(record, file)


def rename_by_inodes(made):
    """Renames folders whose names contain inode numbers: a disk keeps these numbers, but a copy of it does not."""
    new = {node.number: os.lstat(path).st_ino for node, path in made.items()}

    def renamed(name):
        return re.sub(rb"\bnew-(\d+)", lambda found: b"new-%d" % new.get(int(found[1]), int(found[1])), name)

    for node, path in made.items():
        if node.kind == "file" and os.path.basename(path) == b"replacing":
            rewrite_record(path, renamed, {node.number: path for node, path in made.items()})
        if node.kind == "link" and renamed(node.data) != node.data:
            os.unlink(path)
            os.symlink(renamed(node.data), path)
    for node, path in made.items():
        folder, name = os.path.split(path)
        if node.kind == "folder" and renamed(name) != name:
            os.rename(path, os.path.join(folder, renamed(name)))
