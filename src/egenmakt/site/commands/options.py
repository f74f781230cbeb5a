"""Reading the words after a command: one file, and options as `--name value` or `--name=value`.

Every fault is collected, in Swedish, and refused together.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from egenmakt.site.commands.contract import InputRefused, NotReadable
from egenmakt.site.commands.fields import quoted


class Options:
    """The words of a command, read once; values are asked for by name."""

    def __init__(self, arguments: Sequence[str], names: Collection[str]) -> None:
        self.errors: list[InputRefused] = []
        self._given: dict[str, str] = {}
        self._files: list[str] = []
        words = iter(arguments)
        for word in words:
            name, has_value, value = word.partition("=")
            if not word.startswith("--"):
                self._files.append(word)
            elif name not in names:
                self._refuse("arguments", f"Valet {quoted(name)} finns inte. Välj bland: {', '.join(names)}.")
            elif name in self._given:
                self._refuse(name[2:], f"{name} är angivet två gånger.")
                _ = has_value or next(words, None)
            elif (given := value if has_value else next(words, None)) is None or given.startswith("--"):
                self._refuse(name[2:], f"{name} saknar värde.")
            else:
                self._given[name] = given

    def one_file(self) -> str:
        """The one file that is not an option's value."""
        if len(self._files) != 1:
            self._refuse("arguments", "Ange exakt en fil, eller - för att läsa från standard in.")
            return ""
        return self._files[0]

    def no_file(self) -> None:
        """Refuse words that are no option's value."""
        for word in self._files:
            self._refuse("arguments", f"{quoted(word)} är ett ord för mycket.")

    def text(self, name: str) -> str | None:
        """An option's value as it was written; None when it was not given."""
        return self._given.get(name)

    def one_of(self, name: str, choices: Sequence[str], default: str) -> str:
        """One of the words."""
        value = self._given.get(name, default)
        if value not in choices:
            self._refuse(name[2:], f"{name} ska vara något av {', '.join(choices)}.")
        return value

    def whole(self, name: str, least: int, most: int, default: int) -> int:
        """A whole number within bounds."""
        value = self._given.get(name)
        if value is None:
            return default
        if value.isascii() and value.isdigit() and len(value) <= 12 and least <= int(value) <= most:
            return int(value)
        self._refuse(name[2:], f"{name} ska vara ett heltal från {least} till {most}.")
        return default

    def file_to_write(self, name: str) -> Path | None:
        """A file in a folder that exists; None when it was not given."""
        value = self._given.get(name)
        if value is None:
            return None
        path = Path(value)
        if path.is_dir() or not path.parent.is_dir():
            told = quoted(value) or "Ett tomt namn"
            self._refuse(name[2:], f"{told} går inte att skriva: ange en fil i en katalog som finns.")
        return path

    def refuse_if_wrong(self) -> None:
        """Raise NotReadable with everything that is wrong."""
        if self.errors:
            raise NotReadable(self.errors)

    def _refuse(self, path: str, message: str) -> None:
        self.errors.append(InputRefused(path, message))
