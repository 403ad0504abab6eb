"""What every error can say, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Both:
    """A fact of an error that reads differently in the two languages."""

    vi: str
    en: str

    def __str__(self) -> str:
        return self.en


class LienVungError(Exception):
    """Something that a reader can be told about, in his own language.

    Subclasses set the four sentences; ``facts`` fill their ``{names}``. Values are shown as given, so pass text
    that is already fit to print (a file name, ``Sheet1!B4``, a list of choices); a fact in words is ``Both``.
    """

    vi: ClassVar[str] = "Đã xảy ra lỗi."
    en: ClassVar[str] = "Something went wrong."
    todo_vi: ClassVar[str] = ""
    todo_en: ClassVar[str] = ""

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.message("en"))

    def _fill(self, template: str, lang: str) -> str:
        spoken = {
            k: getattr(v, "vi" if lang == "vi" else "en") if isinstance(v, Both) else v for k, v in self.facts.items()
        }
        try:
            return template.format(**spoken)
        except (KeyError, IndexError):
            return template

    def message(self, lang: str = "vi") -> str:
        """What happened and where, in ``vi`` or ``en``."""
        return self._fill(self.vi if lang == "vi" else self.en, lang)

    def suggestion(self, lang: str = "vi") -> str:
        """What to do next, in ``vi`` or ``en``; may be empty."""
        return self._fill(self.todo_vi if lang == "vi" else self.todo_en, lang)

    @property
    def code(self) -> str:
        """The stable name of this kind of error, for scripts."""
        return type(self).__name__
