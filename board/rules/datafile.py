"""Read the project's own data files (kinds, policies) and report all faults of a file at once, each by its key path."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar

from board.rules.bilingual import Words

T = TypeVar("T")

_TYPE_WORDS: Mapping[type, str] = {str: "a string", int: "a whole number", bool: "true or false", list: "a list"}


class DataError(ValueError):
    """A data file that cannot be used; ``faults`` holds every fault, each as ``file: key.path what is wrong``."""

    def __init__(self, faults: Collection[str]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(self.faults))


class Table:
    """One table of a data file, read key by key: a fault is noted under its path and reading goes on with a placeholder value.

    Paths count list entries from 0. Call ``close`` when all keys are read.
    """

    def __init__(self, data: object, path: str, faults: list[str]) -> None:
        self.path, self.faults = path, faults
        self.data: dict[str, Any] = data if isinstance(data, dict) else {}
        self._asked: set[str] = set()
        if not isinstance(data, dict):
            faults.append(f"{path} is not a table")
            self.faults = []  # its missing keys are not reported as well

    def at(self, key: str) -> str:
        """Return the path of a key, from the top of the file."""
        return f"{self.path}.{key}" if self.path else key

    def fault(self, key: str, problem: str) -> None:
        """Note what is wrong with one key of this table."""
        self.faults.append(f"{self.at(key)} {problem}")

    def close(self) -> None:
        """Report the keys that were not read: a misspelt one would otherwise be a rule that silently does not apply."""
        for key in self.data.keys() - self._asked:
            self.fault(key, "is not a known key")

    def _value(self, key: str, type_: type[T], default: T | None) -> T:
        self._asked.add(key)
        if key not in self.data:
            if default is None:
                self.fault(key, "is missing")
            return type_() if default is None else default
        value = self.data[key]
        if type(value) is not type_:  # exactly: to isinstance, True is a number
            self.fault(key, f"is not {_TYPE_WORDS[type_]}")
            return type_()
        return value

    def number(self, key: str, least: int, default: int | None = None) -> int:
        """Return a whole number, at least ``least``."""
        value = self._value(key, int, default)
        if type(self.data.get(key)) is int and value < least:
            self.fault(key, f"is less than {least}")
        return value

    def flag(self, key: str, default: bool | None = None) -> bool:
        """Return a boolean."""
        return self._value(key, bool, default)

    def text(self, key: str, default: str | None = None) -> str:
        """Return a string that says something; without a default it must be there."""
        value = self._value(key, str, default)
        if isinstance(self.data.get(key), str) and not value.strip():
            self.fault(key, "is empty")
        return value

    def id(self) -> str:
        """Return the ``id`` of this table: a word of the code."""
        value = self.text("id")
        if value and not re.fullmatch(r"[a-z][a-z0-9_]*", value):
            self.fault("id", f"is not a word of a-z, 0-9 and _: {value!r}")
        return value

    def words(self, key: str, optional: bool = False) -> Words:
        """Return a human string, there in both languages; an optional one that is not there is empty in both."""
        self._asked.add(key)
        if key not in self.data:
            if not optional:
                self.fault(key, "is missing")
            return Words("", "")
        table = self.table(key)
        found = Words(table.text("zh"), table.text("en"))
        table.close()
        return found

    def one_of(self, key: str, known: Collection[str], default: str | None = None) -> Any:
        """Return a string out of a closed list (Any, so that it passes for the Literal type of that list)."""
        value = self._value(key, str, default)
        if isinstance(self.data.get(key), str) and value not in known:
            self.fault(key, f"is unknown: {value!r}; known: {', '.join(known)}")
        return value

    def strings(self, key: str, known: Collection[str] = ()) -> tuple[Any, ...]:
        """Return a list of different strings, empty when the key is not there; with ``known``, out of a closed list."""
        values = self._value(key, list, [])
        for number, value in enumerate(values):
            if not isinstance(value, str) or not value:
                self.fault(f"{key}[{number}]", "is not a string")
            elif known and value not in known:
                self.fault(f"{key}[{number}]", f"is unknown: {value!r}; known: {', '.join(known)}")
            elif value in values[:number]:
                self.fault(f"{key}[{number}]", f"is there twice: {value!r}")
        return tuple(str(value) for value in values)

    def table(self, key: str) -> Table:
        """Return the table under a key, which must be there."""
        self._asked.add(key)
        if key not in self.data:
            self.fault(key, "is missing")
            return Table({}, self.at(key), [])  # its missing keys are not reported as well
        return Table(self.data[key], self.at(key), self.faults)

    def each(self, key: str, read: Callable[[Table], T]) -> tuple[T, ...]:
        """Return the tables of a list, each read by ``read`` and closed; none when the key is not there."""
        found = []
        for number, data in enumerate(self._value(key, list, [])):
            table = Table(data, f"{self.at(key)}[{number}]", self.faults)
            found.append(read(table))
            table.close()
        return tuple(found)
