"""What every section of a report is made from: the figures, words and flags of an area."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nestling.evidence.report.facts import Facts
from nestling.evidence.report.inputs import words_file
from nestling.evidence.report.model import Paragraph
from nestling.evidence.report.notes import Notebook
from nestling.evidence.report.phrases import Phrasebook
from nestling.evidence.report.seen import (
    access_of,
    is_far_below,
    share_of_stock,
    stated,
    trained,
)
from nestling.reference.claims import register

if TYPE_CHECKING:
    from nestling.evidence.report.inputs import CaseInputs
    from nestling.evidence.report.seen import Access, Stated, Trained

#: How the names of the shares seen by period begin.
SHARE = "share_seen_"
#: Kinds of area in which there is more than one of each body.
MANY_PARTS = ("the United Kingdom", "nation", "region", "NHS region")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What every section is made from."""

    inputs: "CaseInputs"
    facts: Facts
    book: Phrasebook
    seen: "Stated"
    access: "Access | None"
    staff: "Trained | None"

    @property
    def nation(self) -> "dict[str, Any]":
        """The words of the area's nation."""
        found: dict[str, Any] = words_file("nations")[self.inputs.place.nation]
        return found

    def paragraphs(self, key: str, *, role: str = "body") -> list[Paragraph]:
        """The paragraphs of one part of `body.yaml` that hold here."""
        lines = self.book.lines(words_file("body")[key])
        return [Paragraph(line=line, role=role) for line in lines]


def case_of(inputs: "CaseInputs") -> Case:
    """The figures, words and flags of an area."""
    reg = register()
    facts = Facts(inputs=inputs, register=reg)
    seen, found, staff = stated(inputs), access_of(inputs), trained(inputs)
    figures = facts.everything()
    figures["seen"] = figures["seen_least"] = seen.families
    if staff:
        figures |= {"trained": staff.trained(), "staff": staff.staff()}
    if found:
        shares = share_of_stock(inputs, found)
        figures |= {f"{SHARE}{n}": figure for n, (_, figure) in enumerate(shares)}
    lowest = figures["need_lowest"].value or 0
    flags = flags_of(facts, seen=seen, access=found, staff=staff)
    if is_far_below(seen, lowest):
        flags |= {"seen_far_below"}
    book = Phrasebook(
        figures=figures,
        words=words_of(facts, seen=seen, access=found),
        flags=frozenset(flags),
        notebook=Notebook(register=reg),
    )
    return Case(inputs=inputs, facts=facts, book=book, seen=seen, access=found, staff=staff)


def flags_of(
    facts: Facts, *, seen: "Stated", access: "Access | None", staff: "Trained | None"
) -> set[str]:
    """What holds for this area, as the names that phrases ask for."""
    inputs = facts.inputs
    nation = inputs.place.nation
    basis = inputs.study.areas[0].counted.births_basis
    births = {"births": "births_counted", "mixed": "births_mixed"}.get(basis, "births_proxy")
    held = {
        births: True,
        seen.flag: True,
        nation: True,
        "england_or_uk": nation in ("england", "uk"),
        "promised": bool(words_file("nations")[nation]["promise"]),
        "seen_nowhere": seen.state in ("named", "unknown"),
        "many_parts": inputs.place.kind in MANY_PARTS,
        "weighted": facts.weighted().is_known,
        "poverty_known": facts.surroundings()["poverty"].is_known,
        "access_given": access is not None,
        "workforce_given": staff is not None,
        "no_share": seen.state != "known" and not (access and access.is_the_place),
    }
    teams = facts.span_of_scenarios()["teams"].interval
    held["part_of_a_team"] = teams is not None and teams.high < 1
    return {name for name, holds in held.items() if holds}


def words_of(facts: Facts, *, seen: "Stated", access: "Access | None") -> dict[str, str]:
    """The words that phrases name; some are phrases with figures of their own."""
    inputs = facts.inputs
    place, scenarios = inputs.place, words_file("links")["scenarios"]
    nation, counted = words_file("nations")[place.nation], facts.counted()
    names = facts.scenarios()
    return {
        "area": place.in_sentence,
        "nation": nation["name"],
        "health_body": nation["health_body"],
        "nation_line": nation["line"],
        "promise": nation["promise"],
        "births_when": counted["births"].date,
        "children_when": counted["children"].date,
        "births_basis": f"{{births:bare}}, {counted['births'].date}",
        "lowest_title": scenarios[names[0]]["have"],
        "highest_title": scenarios[names[-1]]["have"],
        "main_title": scenarios[inputs.main]["have"],
        "seen_when": seen.when,
        "Seen_short": seen_short(seen),
        "teams_span": "{teams:range}",
        "access_line": access_line(access),
        "access_about": access_about(access, inputs),
        "workforce_line": (
            "Of {staff} whose training was stated, {trained} are trained to work with babies."
        ),
        "open_known": open_known(access),
        "teams_known": teams_known(seen),
        "training_known": training_known(inputs),
    }


def seen_short(seen: "Stated") -> str:
    """What is seen, in one short sentence."""
    if seen.state == "known":
        return "About {seen} are seen."
    if seen.state == "partly":
        return "At least {seen} are seen in part of the area; the rest is not known."
    return "How many are seen is not known."


def access_line(access: "Access | None") -> str:
    """What the national records say, for the message about being left out."""
    if access is None:
        return ""
    return (
        f"The national records for {access.geography} can say it by single year of age: "
        "see “Access by age”."
    )


def access_about(access: "Access | None", inputs: "CaseInputs") -> str:
    """Whose figures of access these are."""
    if access is None:
        return ""
    if access.is_the_place:
        return f"These figures are for {access.geography}, from national records."
    return (
        f"National records are not counted by council. These figures are for {access.geography}, "
        f"which holds {inputs.place.in_sentence} and other areas."
    )


def open_known(access: "Access | None") -> str:
    """What is known here of babies being counted."""
    if access is None:
        return "Not known for {area}: no count by age was given for this report."
    return "Counted by single year of age in this report, under “Access by age”."


def teams_known(seen: "Stated") -> str:
    """What is known here of teams."""
    if seen.state in ("known", "partly"):
        return "Stated for {area}: help that sees {seen} a year, {seen_when}; not checked locally."
    if seen.state == "named":
        return (
            "A team is named in published documents for {area}; how many families it sees is not."
        )
    return "Not known for {area}: no list that we could read names a team."


def training_known(inputs: "CaseInputs") -> str:
    """What is known here of training."""
    if inputs.workforce:
        return "{trained} of {staff} are trained to work with babies, as stated."
    if inputs.workforce_given:
        return "The workforce file that was given holds no row for {area}."
    return "Not known for {area}: no count of trained staff was given for this report."
