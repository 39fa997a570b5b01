"""Pairs of records that may be of one person, found in all records at once by Splink.

Splink 5 over DuckDB, in memory, without the network. Its levels mirror those of
`science.matching`, its m and u are the same data, its blocking rules are the keys of
`people.matching`.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from math import log2
from typing import Any
from uuid import UUID

from django.db import transaction

from nestling.accounts.models import Organisation
from nestling.foundation import audit
from nestling.foundation.looks import unwatched
from nestling.people.matching import YOUNG, traits_of
from nestling.people.models import DuplicatePair, Person, PersonKind
from nestling.reference.matching import matching_rules, person_matching
from nestling.science.likeness import swapped
from nestling.science.matching import Kind, Traits, compare
from nestling.science.phonetics import letters_of, sound_of

BATCH = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Paired:
    """What the comparison of one organisation's records came to."""

    organisation: str
    persons: int
    new: int
    listed: int


def list_pairs(organisation: Organisation, *, threshold: float, on: date) -> Paired:
    """Put pairs with at least so much evidence on the list, each once; decided ones stay so."""
    # Nobody is shown these records: leads see the pairs of their own teams later.
    with unwatched():
        number = made = 0
        for kinds in (YOUNG, (PersonKind.ADULT,)):
            traits = dict(_all_traits(organisation, kinds=kinds))
            found = [pair for pair in weigh(traits) if pair[2] >= threshold]
            made += sum(_keep(organisation, pair, traits=traits, on=on) for pair in found)
            number += len(traits)
    rows = DuplicatePair.objects.filter(organisation=organisation)
    return Paired(
        organisation=organisation.name, persons=number, new=made, listed=rows.open().count()
    )


def weigh(traits: dict[UUID, Traits]) -> Iterator[tuple[UUID, UUID, float]]:
    """Pairs that share a key, the smaller id first, with their evidence in powers of two."""
    if len(traits) < 2:
        return
    # Imported here: the service itself never needs them, and they take a second.
    import pyarrow as pa  # noqa: PLC0415
    from splink import DuckDBAPI, Linker  # noqa: PLC0415

    frame = pa.Table.from_pylist([_row(pk, one) for pk, one in traits.items()], schema=_schema(pa))
    database = DuckDBAPI()
    linker = Linker(database.register(frame), settings(), log_level="ERROR")
    prior = _prior()
    for row in linker.inference.predict().as_record_list():
        first, second = sorted((UUID(row["unique_id_l"]), UUID(row["unique_id_r"])))
        yield first, second, row["match_weight"] - log2(prior / (1 - prior))


def settings() -> dict[str, Any]:
    """The model as Splink takes it: levels, m and u from the data, keys that pairs must share."""
    return {
        "link_type": "dedupe_only",
        "probability_two_random_records_match": _prior(),
        "comparisons": [
            _comparison(trait, nothing=nothing, levels=levels)
            for trait, (nothing, levels) in _conditions().items()
        ],
        "blocking_rules_to_generate_predictions": [
            "l.sound_family = r.sound_family and l.sound_given = r.sound_given",
            "l.sound_family = r.sound_given and l.sound_given = r.sound_family",
            "l.sound_family = r.sound_family and l.born_on = r.born_on",
            "l.sound_given = r.sound_given and l.born_on = r.born_on",
            "l.sound_family = r.sound_family and l.turned = r.born_on",
            "l.sound_family = r.sound_family and l.due_on = r.due_on",
            "l.sound_family = r.sound_family and l.home = r.home",
        ],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
    }


def _prior() -> float:
    return 1 / person_matching().batch.one_pair_in


Conditions = dict[str, tuple[str, dict[str, str]]]
"""By trait: when it says nothing, and the condition of each level but the last."""


def _conditions() -> Conditions:
    return {
        **_name_conditions(),
        **_birth_conditions(),
        **_due_conditions(),
        "number": (
            "len(numbers_l) = 0 or len(numbers_r) = 0",
            {"same": "list_has_any(numbers_l, numbers_r)"},
        ),
        "postcode": ("home_l is null or home_r is null", {"same": "home_l = home_r"}),
        "sex": ("sex_l is null or sex_r is null", {"same": "sex_l = sex_r"}),
    }


def _name_conditions() -> Conditions:
    alike = matching_rules().alike_from
    turned = " and ".join(
        f"(list_contains(sounds_{one}, sound_family_{other}) or "
        f"jaro_winkler_similarity(called_{one}[1], family_{other}) >= {alike})"
        for one, other in (("l", "r"), ("r", "l"))
    )
    return {
        "given_name": (
            "len(called_l) = 0 or len(called_r) = 0",
            {
                "same": "list_has_any(called_l, called_r)",
                "alike": "list_has_any(sounds_l, sounds_r) or "
                f"jaro_winkler_similarity(called_l[1], called_r[1]) >= {alike}",
                "turned": turned,
            },
        ),
        "family_name": (
            "family_l is null or family_r is null",
            {
                "same": "family_l = family_r",
                "alike": "sound_family_l = sound_family_r or "
                f"jaro_winkler_similarity(family_l, family_r) >= {alike}",
                "turned": turned,
            },
        ),
    }


def _birth_conditions() -> Conditions:
    near = (
        f"abs(born_on_l - born_on_r) <= {matching_rules().near_days} or "
        "(year(born_on_l) <> year(born_on_r))::int + (month(born_on_l) <> month(born_on_r))::int"
        " + (day(born_on_l) <> day(born_on_r))::int = 1"
    )
    levels = {"same": "born_on_l = born_on_r", "swapped": "turned_l = born_on_r", "near": near}
    return {
        "birth_of_baby": ("not baby_l or born_on_l is null or born_on_r is null", levels),
        "birth": ("baby_l or born_on_l is null or born_on_r is null", levels),
    }


def _due_conditions() -> Conditions:
    rules = matching_rules()
    both = "born_on_l is not null and born_on_r is not null"
    apart = "abs(coalesce(born_on_l, born_on_r) - coalesce(due_on_l, due_on_r))"
    near = f"abs(due_on_l - due_on_r) <= {rules.due_near_days}"
    return {
        "due": (
            f"({both}) or due_on_l is null or due_on_r is null",
            {"same": "due_on_l = due_on_r", "near": near},
        ),
        "born_when_due": (
            f"({both}) or (due_on_l is not null and due_on_r is not null) or {apart} is null",
            {"fits": f"{apart} <= {rules.born_near_due_days}"},
        ),
    }


def _comparison(trait: str, *, nothing: str, levels: dict[str, str]) -> dict[str, Any]:
    weights = matching_rules().levels[trait]
    rows: list[dict[str, Any]] = [
        {"sql_condition": nothing, "label_for_charts": "nothing", "is_null_level": True}
    ]
    for name, condition in [*levels.items(), ("different", "ELSE")]:
        level = weights[name]
        rows.append(
            {
                "sql_condition": condition,
                "label_for_charts": name,
                "m_probability": level.m,
                "u_probability": level.u,
            }
        )
    return {"output_column_name": trait, "comparison_levels": rows}


def _schema(pa: Any) -> Any:
    text, texts, day, truth = pa.string(), pa.list_(pa.string()), pa.date32(), pa.bool_()
    return pa.schema(
        [
            *(("unique_id", text), ("baby", truth), ("called", texts)),
            *(("sounds", texts), ("family", text), ("sound_given", text)),
            *(("sound_family", text), ("born_on", day), ("turned", day), ("due_on", day)),
            *(("numbers", texts), ("home", text), ("sex", text)),
        ]
    )


def _row(pk: UUID, one: Traits) -> dict[str, Any]:
    called = [name for name in (one.given_name, one.known_as) if letters_of(name)]
    return {
        "unique_id": str(pk),
        "baby": one.is_baby,
        "called": [letters_of(name) for name in called],
        "sounds": [sound_of(name) for name in called],
        "family": letters_of(one.family_name) or None,
        "sound_given": sound_of(one.given_name) or None,
        "sound_family": sound_of(one.family_name) or None,
        "born_on": one.born_on,
        "turned": swapped(one.born_on) if one.born_on else None,
        "due_on": one.due_on,
        "numbers": [f"{system} {value}" for system, value in sorted(one.numbers)],
        "home": min(one.postcodes, default=None),
        "sex": one.sex or None,
    }


def _all_traits(
    organisation: Organisation, *, kinds: Collection[str]
) -> Iterator[tuple[UUID, Traits]]:
    rows = Person.objects.matchable().filter(organisation=organisation, kind__in=kinds)
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        yield from traits_of(ids[start : start + BATCH])


@transaction.atomic
def _keep(
    organisation: Organisation,
    pair: tuple[UUID, UUID, float],
    *,
    traits: dict[UUID, Traits],
    on: date,
) -> bool:
    """Whether a pair was new to the list; twins are two people."""
    first, second, weight = pair
    if compare(traits[first], traits[second], matching_rules()).kind is Kind.TWIN:
        return False
    if DuplicatePair.objects.filter(first=first, second=second).exists():
        return False
    row = DuplicatePair(
        organisation=organisation,
        first_id=first,
        second_id=second,
        weight=weight,
        found_on=on,
    )
    audit.create(row, by=None, action="found")
    return True
