"""What a check of the register says."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """One thing that a check found, in words and in numbers, and whether it fails."""

    check: str
    about: tuple[str, ...]
    words: str
    numbers: dict[str, Any] = field(default_factory=dict)
    answered_by: str | None = None
    use: str = ""
    fails: bool = False

    def as_row(self) -> dict[str, Any]:
        """The result as plain values, for JSON."""
        return {
            "check": self.check,
            "about": list(self.about),
            "words": self.words,
            "numbers": self.numbers,
            "answered_by": self.answered_by,
            "use": self.use,
            "fails": self.fails,
        }
