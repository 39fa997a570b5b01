"""A baby's time to scale: the life ruler, and the share of a life that was spent waiting."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place on the ruler in percent, its words, and where the words are anchored."""

    at: float
    text: str
    when: str = ""
    anchor: str = "middle"


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeRuler:
    """From conception to the end of the scale, in percent of its length.

    `label` is read aloud in place of the picture. `pregnancy` and `lived` are the widths of the
    filled parts.
    """

    label: str
    pregnancy: float
    lived: float
    start: Mark
    birth: Mark
    today: Mark
    end: Mark


def life_ruler(
    *,
    conception: date,
    born: date | None,
    due: date | None,
    today: date,
    limit: date,
    limit_label: str,
) -> LifeRuler:
    """A baby's life so far on a scale from conception to a limit, such as the second birthday.

    Before birth the tick stands at the due date. A day beyond the scale is drawn at its end.

    >>> ruler = life_ruler(
    ...     conception=date(2025, 3, 5), born=date(2025, 11, 12), due=None, today=date(2026, 3, 10),
    ...     limit=date(2027, 11, 12), limit_label="Second birthday",
    ... )
    >>> ruler.label
    'Life ruler from conception to second birthday. Today is day 370 of 982.'
    >>> (ruler.pregnancy, ruler.lived)
    (25.7, 12.0)
    """
    length = max((limit - conception).days, 1)

    def percent(day: date) -> float:
        return round(min(max((day - conception).days / length * 100, 0), 100), 1)

    now, birth_day = percent(today), born or due or conception
    until = percent(born) if born else now
    return LifeRuler(
        label=_spoken(
            conception, born=born, due=due, today=today, limit=limit, limit_label=limit_label
        ),
        pregnancy=until,
        lived=round(max(now - until, 0), 1),
        start=Mark(at=0, text="Conception", when=_day(conception), anchor="start"),
        birth=_mark(percent(birth_day), "Born" if born else "Due", when=_day(birth_day)),
        today=_mark(now, f"Today, day {(today - conception).days}"),
        end=Mark(at=100, text=limit_label, when=_day(limit), anchor="end"),
    )


def _mark(at: float, text: str, *, when: str = "") -> Mark:
    """A mark whose words stay inside the ruler and clear of its ends."""
    anchor = "start" if at < 12 else "end" if at > 88 else "middle"
    return Mark(at=at, text=text, when=when, anchor=anchor)


def _spoken(
    conception: date,
    *,
    born: date | None,
    due: date | None,
    today: date,
    limit: date,
    limit_label: str,
) -> str:
    day, length = (today - conception).days, (limit - conception).days
    end = limit_label[:1].lower() + limit_label[1:]
    words = [f"Life ruler from conception to {end}."]
    if today > limit:
        words.append(f"Today is day {day}, after the end of the {length} days.")
    else:
        words.append(f"Today is day {day} of {length}.")
    if born is None and due is not None and today > due:
        words.append("The due date has passed and no birth is recorded.")
    return " ".join(words)


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareBar:
    """How much of a life was spent waiting: whole percent, and what the whole bar is."""

    percent: int
    of: str
    pregnant: bool = False

    @property
    def words(self) -> str:
        """The share as one sentence without a full stop."""
        return f"{self.percent}% {self.of}"


def share_bar(*, waited_days: int, of_days: int, unborn: bool) -> ShareBar:
    """The share of life since birth, or before birth of the pregnancy so far, spent waiting.

    Never more than the whole: a wait that began before birth counts from birth.

    >>> share_bar(waited_days=42, of_days=47, unborn=False).words
    '89% of life since birth'
    """
    share = 100 if of_days <= 0 else round(min(max(waited_days / of_days, 0), 1) * 100)
    of = "of the pregnancy so far" if unborn else "of life since birth"
    return ShareBar(percent=share, of=of, pregnant=unborn)
