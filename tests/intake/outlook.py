"""Writes `.msg` files for tests: a compound file ([MS-CFB]) with the properties of a message ([MS-OXMSG])."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

END, FREE, FAT_SECTOR, NOBODY = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
SECTOR, SMALL, CUTOFF = 512, 64, 4096


@dataclass
class Storage:
    """A folder in the file: streams by name, and storages by name."""

    streams: dict[str, bytes] = field(default_factory=dict)
    storages: dict[str, Storage] = field(default_factory=dict)


@dataclass
class Person:
    """A recipient: 1 to, 2 cc, 3 bcc."""

    name: str
    address: str
    kind: int = 1


def properties(values: Mapping[int, object], *, head: int, is_unicode: bool = True) -> Storage:
    """Text, bytes, numbers and instants by the id of their property."""
    found, fixed = Storage(), []
    for one, value in values.items():
        if isinstance(value, str):
            kind, raw = (0x1F, value.encode("utf-16-le")) if is_unicode else (0x1E, value.encode("cp1252"))
            found.streams[f"__substg1.0_{one:04X}{kind:04X}"] = raw
            fixed.append(struct.pack("<IIQ", one << 16 | kind, 6, len(raw) + 2))
        elif isinstance(value, bytes):
            found.streams[f"__substg1.0_{one:04X}0102"] = value
            fixed.append(struct.pack("<IIQ", one << 16 | 0x102, 6, len(value)))
        elif isinstance(value, datetime):
            ticks = int((value - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000
            fixed.append(struct.pack("<IIQ", one << 16 | 0x40, 6, ticks))
        elif isinstance(value, int):
            fixed.append(struct.pack("<IIQ", one << 16 | 0x03, 6, value))
    found.streams["__properties_version1.0"] = bytes(head) + b"".join(fixed)
    return found


def message(
    values: Mapping[int, object],
    *,
    files: Sequence[Storage] = (),
    people: Sequence[Person] = (),
    is_within: bool = False,
    is_unicode: bool = True,
) -> Storage:
    """A message; one within another has a shorter head."""
    made = properties(values, head=24 if is_within else 32, is_unicode=is_unicode)
    for number, one in enumerate(files):
        made.storages[f"__attach_version1.0_#{number:08X}"] = one
    for number, person in enumerate(people):
        said = {0x3001: person.name, 0x39FE: person.address, 0x0C15: person.kind}
        made.storages[f"__recip_version1.0_#{number:08X}"] = properties(said, head=8)
    return made


def file(name: str, data: bytes, media_type: str = "") -> Storage:
    """An attachment."""
    return properties({0x3707: name, 0x3701: data, 0x370E: media_type, 0x3705: 1}, head=8)


def within(name: str, mail: Storage) -> Storage:
    """A message as an attachment."""
    made = properties({0x3001: name, 0x3705: 5}, head=8)
    made.storages["__substg1.0_3701000D"] = mail
    return made


def compound(root: Storage) -> bytes:
    """The bytes of the file. What lies in a storage is a balanced tree, in no order."""
    entries: list[list[object]] = [["Root Entry", 5, NOBODY, NOBODY, NOBODY, END, 0]]
    large, small = bytearray(), bytearray()
    chains, small_chains = [], []

    def put(data: bytes) -> int:
        room, size, chain = (large, SECTOR, chains) if len(data) >= CUTOFF else (small, SMALL, small_chains)
        if not data:
            return END
        start = len(room) // size
        room += data.ljust(-(-len(data) // size) * size, b"\0")
        chain += [*range(start + 1, len(room) // size), END]
        return start

    def add(storage: Storage, parent: int) -> None:
        first = len(entries)
        held = [*storage.streams.items(), *storage.storages.items()]
        for name, what in held:
            is_stream = isinstance(what, bytes)
            where = [put(what), len(what)] if isinstance(what, bytes) else [0, 0]
            entries.append([name, 2 if is_stream else 1, NOBODY, NOBODY, NOBODY, *where])
        entries[parent][4] = balanced(first, first + len(held))
        for index, (_, what) in enumerate(held, start=first):
            if isinstance(what, Storage):
                add(what, index)

    def balanced(start: int, end: int) -> int:
        if start >= end:
            return NOBODY
        middle = (start + end) // 2
        entries[middle][2:4] = [balanced(start, middle), balanced(middle + 1, end)]
        return middle

    add(root, 0)
    rest = len(small)
    entries[0][5:] = [put(bytes(small).ljust(CUTOFF, b"\0")) if rest else END, rest]
    return _laid_out(entries, chains, small_chains, bytes(large))


def _laid_out(entries: list[list[object]], chains: list[int], small_chains: list[int], large: bytes) -> bytes:
    listed = b"".join(_entry(*one) for one in entries)  # type: ignore[arg-type]
    listed = listed.ljust(-(-len(listed) // SECTOR) * SECTOR, b"\0")
    minifat = b"".join(struct.pack("<I", one) for one in small_chains)
    minifat = minifat.ljust(-(-len(minifat) // SECTOR) * SECTOR, b"\xff")
    first_list, first_mini = len(large) // SECTOR, (len(large) + len(listed)) // SECTOR
    used = first_mini + len(minifat) // SECTOR
    of_list = [*range(first_list + 1, first_mini), END]
    of_mini = [*range(first_mini + 1, used), END] if minifat else []
    fats = next(count for count in range(1, 110) if count * 128 >= used + count)
    fat = [*chains, *of_list, *of_mini, *[FAT_SECTOR] * fats]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    mini = first_mini if minifat else END
    head += struct.pack("<9I", 0, fats, first_list, 0, CUTOFF, mini, len(minifat) // SECTOR, END, 0)
    head += b"".join(struct.pack("<I", used + number) for number in range(fats)).ljust(436, b"\xff")
    table = b"".join(struct.pack("<I", one) for one in fat).ljust(fats * SECTOR, b"\xff")
    return head + large + listed + minifat + table


def _entry(name: str, kind: int, *numbers: int) -> bytes:
    """`numbers`: the siblings before and after, the first within, where it starts, and its bytes."""
    before, after, child, start, size = numbers
    raw = name.encode("utf-16-le") + b"\0\0"
    at = struct.pack("<HBBIII", len(raw), kind, 1, before, after, child)
    return raw.ljust(64, b"\0") + at + bytes(36) + struct.pack("<IQ", start, size)
