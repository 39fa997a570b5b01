"""Faults in the sources' figures, found by doing their sums again."""

from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from nestling.evidence.results import CheckResult
from nestling.reference.claims import words_for
from nestling.science.evidence_checks import (
    PrintedShare,
    at_or_before,
    bases_that_fit,
    check_share,
    check_total,
    percentage,
    times_apart,
    window_days,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nestling.reference.claims import Claim, Register
    from nestling.reference.claims.rows import PrintedBase, Total
    from nestling.science.evidence_checks import ShareCheck


def shares_of_their_base(reg: "Register") -> "Iterable[CheckResult]":
    """Percentages that the printed count, or any whole number of people, does not give."""
    for claim in reg.claims.values():
        share = printed_share(claim)
        if share is None or (result := check_share(share)).holds:
            continue
        yield CheckResult(
            check="share_of_base",
            about=(claim.id, *([claim.series_row[0]] if claim.series_row else [])),
            words=share_words(claim, result) + column_words(reg, claim, result),
            numbers={
                "printed_percent": share.percent,
                "base": share.base,
                "count": share.count,
                "percent_of_count": result.percent_of_count,
                "people_for_percent": [result.least, result.most],
            },
        )


def printed_share(claim: "Claim") -> PrintedShare | None:
    """The claim as a share of people, if that is what it is."""
    if claim.unit != "per cent" or claim.base is None or claim.value is None:
        return None
    return PrintedShare(
        percent=claim.value, base=claim.base, decimals=claim.decimals, count=claim.count
    )


def share_words(claim: "Claim", result: "ShareCheck") -> str:
    """The fault in one share, in a sentence or two."""
    share = result.share
    if share.count is None:
        return f"{words_for(claim)} of {share.base} is no whole number of people. "
    fits = (
        f"{share.percent:g}% of {share.base} is {result.least} to {result.most} people."
        if result.is_possible
        else f"no whole number of people is {share.percent:g}% of {share.base}."
    )
    return (
        f"{share.count} is printed as {share.percent:g}% of {share.base}, "
        f"but {share.count} of {share.base} is {result.percent_of_count:g}%; {fits}"
    )


def column_words(reg: "Register", claim: "Claim", result: "ShareCheck") -> str:
    """Which other column of the same question prints the share that the count gives."""
    if claim.series_row is None or result.percent_of_count is None:
        return ""
    series, own = reg.claims[claim.series_row[0]].series or {}, claim.series_row[1]
    same = [name for name, value in series.items() if value == int(result.percent_of_count + 0.5)]
    return (
        f" {int(result.percent_of_count + 0.5)}% is printed for {same[0]}, not for {own}."
        * bool(same)
    )


def groups_larger_than_their_base(reg: "Register") -> "Iterable[CheckResult]":
    """Printed bases that are smaller than a group counted inside them."""
    for row in reg.arithmetic.printed_bases:
        claims = [reg.claims[identifier] for identifier in row.claims]
        counts = [claim.count or 0 for claim in claims]
        if max(counts) > row.printed:
            yield base_result(reg, row, claims)


def base_result(reg: "Register", row: "PrintedBase", claims: "list[Claim]") -> CheckResult:
    """A base that is too small, and the bases at which every printed share is right."""
    shares = [share for claim in claims if (share := printed_share(claim)) is not None]
    other = reg.claims[row.other]
    largest = max(claim.count or 0 for claim in claims)
    fitting = bases_that_fit(shares, up_to=other.base or int(other.value or 0))
    pairs = ", ".join(f"{share.count} ({share.percent:g}%)" for share in shares)
    return CheckResult(
        check="base_too_small",
        about=row.claims,
        words=(
            f"{row.topic} prints a base of {row.printed}, but {largest} people are counted inside "
            f"it. The counts and shares {pairs} fit a base of "
            f"{' or '.join(map(str, fitting))} and no other."
        ),
        numbers={"printed_base": row.printed, "largest_group": largest, "bases_that_fit": fitting},
    )


def totals_of_their_parts(reg: "Register") -> "Iterable[CheckResult]":
    """Printed totals that their parts do not add up to."""
    for row in reg.arithmetic.totals:
        printed = [int(reg.claims[identifier].value or 0) for identifier in row.total]
        ways = parts_in_every_reading(reg, row)
        sums = sorted({check_total(0, parts).parts_sum for parts in ways})
        if len(set(printed) | set(sums)) == 1:
            continue
        yield total_result(row, printed, sums, ways)


def parts_in_every_reading(reg: "Register", row: "Total") -> list[list[int]]:
    """The parts as the table prints them, and with each value that another place prints instead."""
    plain = [int(reg.claims[part].value or 0) for part in row.parts]
    other = [int(reg.claims[row.instead.get(part, part)].value or 0) for part in row.parts]
    return [plain] if plain == other else [plain, other]


def total_result(
    row: "Total", printed: list[int], sums: list[int], ways: list[list[int]]
) -> CheckResult:
    """A total and its parts, with each reading of both."""
    changed = [
        f"with {new[index]} in place of {old[index]} they add to {sum(new)}"
        for old, new in pairwise(ways)
        for index in range(len(old))
        if old[index] != new[index]
    ]
    said = " and as ".join(str(value) for value in printed)
    parts = " + ".join(map(str, ways[0]))
    words = f"{row.topic}: the total is printed as {said}; the parts {parts} add to {sum(ways[0])}"
    return CheckResult(
        check="totals",
        about=(*row.total, *row.parts, *row.instead.values()),
        words="; ".join([words, *changed]) + ".",
        numbers={"printed": printed, "sums": sums, "parts": ways[0]},
    )


def answers_up_to_a_point(reg: "Register") -> "Iterable[CheckResult]":
    """Shares said to be "up to" an answer that leave out the answers before it."""
    rows = {row.id: row for row in reg.arithmetic.distributions}
    for claim in reg.claims.values():
        if claim.distribution is None or claim.up_to is None or claim.value is None:
            continue
        table = rows[claim.distribution]
        people = at_or_before(table.rows, claim.up_to)
        whole = percentage(people, table.base)
        if percentage(people, table.base, decimals=claim.decimals) == claim.value:
            continue
        before = people - table.rows[claim.up_to]
        earlier = " and ".join(list(table.rows)[: list(table.rows).index(claim.up_to)])
        yield CheckResult(
            check="cumulative",
            about=(claim.id,),
            words=(
                f"{words_for(claim)} counts the {table.rows[claim.up_to]} whose answer was "
                f"{claim.up_to}. The {before} who answered {earlier} belong to it too: "
                f"{people} of {table.base}, {whole:g}%."
            ),
            numbers={
                "printed_percent": claim.value,
                "printed_count": claim.count,
                "people": people,
                "base": table.base,
                "percent": whole,
            },
        )


def one_value_two_age_bands(reg: "Register") -> "Iterable[CheckResult]":
    """One source's one figure, printed for two age bands."""
    banded = [c for c in reg.claims.values() if c.measure and c.age_to_months and c.value]
    banded = [claim for claim in banded if claim.unit == "per cent"]

    def key(claim: "Claim") -> tuple[str, str, float]:
        return claim.measure or "", claim.rests_on, claim.value or 0

    for _, group in groupby(sorted(banded, key=key), key):
        claims = sorted(group, key=lambda claim: (-(claim.age_to_months or 0), claim.id))
        bands = sorted({claim.age_to_months or 0 for claim in claims})
        if len(bands) > 1:
            yield band_result(claims, bands)


def band_result(claims: "list[Claim]", bands: list[int]) -> CheckResult:
    """The places that give each age band, and a child who is in one band only."""
    said = "; ".join(
        f"under {band // 12} years in "
        + places(claim for claim in claims if claim.age_to_months == band)
        for band in reversed(bands)
    )
    between = (bands[0] + bands[-1]) // 2
    return CheckResult(
        check="age_band",
        about=tuple(claim.id for claim in claims),
        words=(
            f"{words_for(claims[0])} is printed for children {said}, and one source stands "
            f"behind all. A child of {between} months is in the first band only."
        ),
        numbers={"value": claims[0].value, "under_months": bands, "age_in_one_band_only": between},
    )


def places(claims: "Iterable[Claim]") -> str:
    """Claims by id, document and line."""
    return ", ".join(f"{claim.id} ({claim.document}:{claim.line})" for claim in claims)


def ends_of_the_window(reg: "Register") -> "Iterable[CheckResult]":
    """Birthdays given as the end of the first 1001 days that lie further from conception."""
    window = reg.arithmetic.window
    ends = [claim for claim in reg.measuring("first_1001_days") if claim.age_to_months]
    lengths = {
        claim.age_to_months: window_days(window.pregnancy_days, window.years[claim.age_to_months])
        for claim in ends
        if claim.age_to_months
    }
    if len(lengths) < 2:
        return
    said = "; ".join(
        f"to the birthday at {months // 12} it is {low:,} to {high:,} days"
        for months, (low, high) in sorted(lengths.items())
    )
    right = [months for months, (low, high) in lengths.items() if low <= window.days <= high]
    yield CheckResult(
        check="window_length",
        about=tuple(claim.id for claim in ends),
        words=(
            f"The first {window.days} days are said to end at two different birthdays: "
            f"{places(ends)}. From conception {said}. "
            f"Only the birthday at {right[0] // 12} holds day {window.days:,}."
        ),
        numbers={
            "days": window.days,
            "lengths": {str(months): list(days) for months, days in lengths.items()},
        },
    )


def counts_tenfold_apart(reg: "Register") -> "Iterable[CheckResult]":
    """Two counts of one thing so far apart that one of them must be wrong."""
    rule = reg.arithmetic.magnitude
    claims = reg.measuring(rule.measure)
    found = [
        (finding.id, figure)
        for finding in reg.findings.values()
        for figure in finding.figures
        if figure.measure == rule.measure
    ]
    values = {claim.id: claim.value for claim in claims if claim.value}
    values |= {name: figure.value for name, figure in found if figure.value}
    if len(values) < 2 or (times := times_apart(values.values())) < rule.at_least_times:
        return
    said = [f"{words_for(claim)} ({claim.id}, {claim.year})" for claim in claims]
    said += [f"{words_for(figure)} ({identifier}, {figure.as_of})" for identifier, figure in found]
    yield CheckResult(
        check="tenfold",
        about=tuple(values),
        words=f"{' against '.join(said)}: {times:.1f} times apart. {rule.why}",
        numbers={"values": values, "times_apart": round(times, 1)},
    )
