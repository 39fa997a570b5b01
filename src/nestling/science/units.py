"""What a figure is counted in, so that pence, people and years never mix."""

from dataclasses import astuple, dataclass, fields


class UnitError(ValueError):
    """Two figures in different units were added or compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A product of powers of people, pence, years, teams, hours and whole-time equivalents.

    >>> str(PEOPLE_A_YEAR / PEOPLE_A_TEAM_YEAR)
    'teams'
    """

    people: int = 0
    pence: int = 0
    years: int = 0
    teams: int = 0
    hours: int = 0
    wte: int = 0

    def __mul__(self, other: "Unit") -> "Unit":
        """The unit of a product."""
        return Unit(**{name: a + b for name, a, b in self._beside(other)})

    def __truediv__(self, other: "Unit") -> "Unit":
        """The unit of a ratio."""
        return Unit(**{name: a - b for name, a, b in self._beside(other)})

    def __str__(self) -> str:
        """The unit in words, as `people / years`; a plain share is `share`."""
        above = " ".join(self._words(above=True))
        below = " ".join(self._words(above=False))
        if not above and not below:
            return "share"
        return f"{above or '1'} / {below}" if below else above

    def _beside(self, other: "Unit") -> list[tuple[str, int, int]]:
        names = [field.name for field in fields(self)]
        return list(zip(names, astuple(self), astuple(other), strict=True))

    def _words(self, *, above: bool) -> list[str]:
        named = zip((field.name for field in fields(self)), astuple(self), strict=True)
        return [name for name, power in named for _ in range(power if above else -power)]


SHARE = Unit()
PEOPLE = Unit(people=1)
PENCE = Unit(pence=1)
YEARS = Unit(years=1)
TEAMS = Unit(teams=1)
HOURS = Unit(hours=1)
WTE = Unit(wte=1)
PEOPLE_A_YEAR = PEOPLE / YEARS
PEOPLE_A_TEAM_YEAR = PEOPLE_A_YEAR / TEAMS
PENCE_A_TEAM_YEAR = PENCE / (TEAMS * YEARS)
PENCE_A_YEAR = PENCE / YEARS
PENCE_A_PERSON = PENCE / PEOPLE

#: The words by which reference data names a unit.
NAMED_UNITS: dict[str, Unit] = {
    "share": SHARE,
    "people": PEOPLE,
    "pence": PENCE,
    "years": YEARS,
    "people a year": PEOPLE_A_YEAR,
    "people a year a team": PEOPLE_A_TEAM_YEAR,
    "pence a year a team": PENCE_A_TEAM_YEAR,
    "pence a person": PENCE_A_PERSON,
    "pence a person a year": PENCE_A_PERSON / YEARS,
    "weeks a year": SHARE / YEARS,
    "hours a week a WTE": HOURS / WTE,
    "hours a person": HOURS / PEOPLE,
    "hours a year a WTE": HOURS / (WTE * YEARS),
    "WTE a team": WTE / TEAMS,
}
