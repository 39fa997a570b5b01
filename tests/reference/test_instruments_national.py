from nestling.reference.instruments import all_instruments, instrument_ids
from nestling.reference.instruments.national import (
    can_be_submitted,
    children_file,
    children_rules,
    counts_for_children,
    perinatal_file,
    terms,
)
from nestling.reference.instruments.snomed import passes_check_digit


def test_which_instruments_count_nationally_and_which_do_not() -> None:
    counted = {name for name in instrument_ids() if counts_for_children(name)}

    assert counted == {"phq9", "gad7", "core10", "gbo", "ors", "swemwbs", "wemwbs", "cgas"}


def test_an_instrument_without_a_national_code_can_never_pair() -> None:
    sendable = {name for name in instrument_ids() if can_be_submitted(name)}

    assert {"coreom", "bpses", "sdq_p2_4"} <= sendable
    assert not {"epds", "kpcs", "mors_sf", "pbq", "hads", "maas", "prfq"} & sendable


def test_every_listed_term_has_a_threshold_and_a_direction() -> None:
    listed = [term for term in terms().values() if term.counts_for_children()]

    assert len(listed) == 106
    assert all(term.threshold and term.scale for term in listed)


def test_every_code_passes_its_check() -> None:
    assert not [code for code in terms() if not passes_check_digit(code)]


def test_no_term_quotes_a_question() -> None:
    quoted = [term.term for term in terms().values() if "?" in term.term or " you " in term.term]

    assert [term for term in quoted if not term.startswith("How Are Things?")] == []


def test_national_thresholds_are_those_of_the_instrument_files() -> None:
    published = {
        measure.id: {float(change.at_least) for change in measure.change}
        for measure in all_instruments()
    }
    listed = [term for term in terms().values() if term.instrument and term.threshold]

    assert all(float(term.threshold or 0) in published[str(term.instrument)] for term in listed)


def test_the_oddities_are_listed_beside_the_rules() -> None:
    assert len(children_file().oddities) >= 5
    assert len(perinatal_file().oddities) >= 3
    assert children_rules().samples
