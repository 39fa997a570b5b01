"""What is doubtful in an extract.

Rows sent twice, records that are missing, ages and areas not known.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis.expr.types as ir

from nestling.analytics.access.rows import contacts, referral_rows
from nestling.analytics.access.scope import AREAS, Scope, source
from nestling.analytics.extract import ExtractError, Source
from nestling.science.disclosure import DisclosureRule, Shown, safe_count

if TYPE_CHECKING:
    from nestling.analytics.engines.base import Engine


@dataclass(frozen=True, slots=True)
class Quality:
    """Each question about the extract with its answer as a reader may see it."""

    answers: tuple[tuple[str, Shown], ...]

    def as_words(self) -> dict[str, str]:
        """The questions with their answers as text."""
        return {words: str(answer) for words, answer in self.answers}


def check_records(engine: "Engine") -> None:
    """Raise ``ExtractError`` where a record stands twice in the patient index."""
    people = source("MHS001MPI")
    counted = people.aggregate(
        rows=people.RecordNumber.count(), records=people.RecordNumber.nunique()
    )
    row = engine.rows(counted)[0]
    twice = row["rows"] - row["records"]
    if twice:
        raise ExtractError(
            f"MHS001MPI: {twice:,} {'row repeats a' if twice == 1 else 'rows repeat a'} RecordNumber; each must stand once"  # noqa: E501 - one piece of text
        )


def look(
    engine: "Engine", sources: dict[str, Source], scope: Scope, *, rule: DisclosureRule
) -> Quality:
    """The answers, protected as counts of people are."""
    answers = {f"{name}: rows": rows_of(engine, source(name)) for name in sources}
    seen, refs, people = contacts(), referral_rows(), source("MHS001MPI")
    in_period = seen.filter(seen.day.between(scope.period.start, scope.period.end))
    answers |= {
        "contact rows of the period that repeat a contact": repeats(
            engine, in_period, ["person", "contact", "day"]
        ),
        "referral rows that repeat a referral of the same month": repeats(
            engine, refs, ["referral", "month"]
        ),
        "contact rows of the period without an age": rows_of(
            engine, in_period.filter(in_period.age.isnull())
        ),
        "contact rows of the period without a person": rows_of(
            engine, in_period.filter(in_period.person.isnull())
        ),
        "contact rows of the period whose record is not in MHS001MPI": rows_of(
            engine, in_period.anti_join(people, in_period.record == people.RecordNumber)
        ),
        "referral rows dated before birth": rows_of(engine, refs.filter(refs.age < 0)),
        "records without a birth date": rows_of(
            engine, people.filter(people.PersonBirthDate.isnull())
        ),
        "records without a sub-ICB location of the list": rows_of(
            engine, people.anti_join(AREAS, people.OrgIDSubICBLocResidence == AREAS.sub_icb)
        ),
    }
    return Quality(tuple((words, safe_count(n, rule)) for words, n in answers.items()))


def rows_of(engine: "Engine", table: ir.Table) -> int:
    """How many rows a table has."""
    return int(engine.rows(table.aggregate(n=table.count()))[0]["n"])


def repeats(engine: "Engine", table: ir.Table, keys: list[str]) -> int:
    """How many rows say again what another row said."""
    grouped = table.group_by(*keys).aggregate(n=table.count())
    found = engine.rows(grouped.aggregate(n=(grouped.n - 1).sum()))[0]["n"]
    return int(found or 0)
