"""What each named rule keeps. Its words, codes and limits are reference data.

The order is each measure's.
"""

from collections.abc import Callable, Sequence

import ibis.expr.types as ir

from nestling.analytics.access.rows import known_pairs
from nestling.analytics.access.scope import Scope
from nestling.reference.access import RuleEntry, definitions

Test = Callable[[ir.Table, RuleEntry, Scope], ir.BooleanValue]


def keep(rows: ir.Table, names: Sequence[str], scope: Scope) -> ir.Table:
    """The rows that pass the named rules, one after the other.

    Rules the scope leaves out are passed over.
    """
    for name in names:
        if name in scope.without:
            continue
        if name == "on_a_referral" and "on_a_referral" not in rows.columns:
            rows = on_a_referral(rows)
        else:
            rows = rows.filter(passes(rows, name, scope))
    return rows


def passes(rows: ir.Table, name: str, scope: Scope) -> ir.BooleanValue:
    """True for the rows that one rule keeps."""
    return TESTS[name](rows, definitions().rules[name], scope)


def on_a_referral(rows: ir.Table) -> ir.Table:
    """The rows that a referral of the same person carries."""
    pairs = known_pairs()
    return rows.semi_join(
        pairs, [rows.person == pairs.pair_person, rows.referral == pairs.pair_referral]
    )


def contact_in_window(rows: ir.Table, _rule: RuleEntry, scope: Scope) -> ir.BooleanValue:
    """The contact was in the period."""
    return rows.day.between(scope.period.start, scope.period.end)


def attended(rows: ir.Table, rule: RuleEntry, _scope: Scope) -> ir.BooleanValue:
    """The person was seen."""
    return rows.attendance.isin(rule.codes())


def spoken_contact(rows: ir.Table, rule: RuleEntry, _scope: Scope) -> ir.BooleanValue:
    """Face to face, by telephone, talk type or video."""
    return rows.mechanism.isin(rule.codes())


def age_known(rows: ir.Table, _rule: RuleEntry, _scope: Scope) -> ir.BooleanValue:
    """The age on the day is known."""
    return rows.age.notnull()


def flagged_referral(rows: ir.Table, _rule: RuleEntry, _scope: Scope) -> ir.BooleanValue:
    """The rows were marked beforehand with whether a referral carries them."""
    return rows.on_a_referral


def in_england(rows: ir.Table, rule: RuleEntry, _scope: Scope) -> ir.BooleanValue:
    """The home is in England or not recorded."""
    district = rows.district
    return district.isnull() | (district == "") | district.startswith(rule.word("prefix"))


def received_in_window(rows: ir.Table, _rule: RuleEntry, scope: Scope) -> ir.BooleanValue:
    """The referral was received in the period."""
    return rows.received.between(scope.period.start, scope.period.end)


def referral_age_known(rows: ir.Table, _rule: RuleEntry, _scope: Scope) -> ir.BooleanValue:
    """The age when the referral was received is known and not before birth."""
    return rows.age.notnull() & (rows.age >= 0)


def never_rejected(rows: ir.Table, _rule: RuleEntry, _scope: Scope) -> ir.BooleanValue:
    """No row of any month shows a rejection."""
    return rows.first_rejected.isnull()


def received_by_date(rows: ir.Table, _rule: RuleEntry, scope: Scope) -> ir.BooleanValue:
    """The referral was received on or before the last day."""
    return rows.received <= scope.period.end


def birth_date_known(rows: ir.Table, _rule: RuleEntry, scope: Scope) -> ir.BooleanValue:
    """The birth date is known and not after the last day."""
    return rows.birth.notnull() & (rows.birth <= scope.period.end)


def not_rejected_by_date(rows: ir.Table, _rule: RuleEntry, scope: Scope) -> ir.BooleanValue:
    """Not rejected on or before the last day."""
    return rows.first_rejected.isnull() | (rows.first_rejected > scope.period.end)


def not_discharged_by_date(rows: ir.Table, _rule: RuleEntry, scope: Scope) -> ir.BooleanValue:
    """Not discharged on or before the last day."""
    return rows.first_discharged.isnull() | (rows.first_discharged > scope.period.end)


def old_childrens_team(rows: ir.Table, _rule: RuleEntry, _scope: Scope) -> ir.BooleanValue:
    """The rows were marked beforehand with the old derivation."""
    return rows.old_team


TESTS: dict[str, Test] = {
    "contact_in_window": contact_in_window,
    "attended": attended,
    "spoken_contact": spoken_contact,
    "age_known": age_known,
    "on_a_referral": flagged_referral,
    "in_england": in_england,
    "received_in_window": received_in_window,
    "referral_age_known": referral_age_known,
    "never_rejected": never_rejected,
    "received_by_date": received_by_date,
    "birth_date_known": birth_date_known,
    "not_rejected_by_date": not_rejected_by_date,
    "not_discharged_by_date": not_discharged_by_date,
    "old_childrens_team": old_childrens_team,
}
