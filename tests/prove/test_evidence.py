"""Reports for the eight areas that the promise names, each held to what every report must hold."""

import time
from pathlib import Path

from tests.evidence import test_report, test_writers
from tests.evidence.areas import EIGHT, html_of, pdf_of, report_of, word_of
from tests.prove.table import report

#: What holds for a report, whatever the area.
OF_A_REPORT = (
    test_report.test_no_report_prints_an_empty_or_broken_phrase,
    test_report.test_every_report_has_ten_messages_each_with_a_caution,
    test_report.test_every_number_has_a_source_and_most_a_note_beside_them,
    test_report.test_running_text_prints_digits_only_as_figures_dates_or_names,
    test_report.test_every_mark_has_its_note_and_every_note_its_words,
    test_report.test_every_picture_has_words_and_every_table_rows,
    test_report.test_the_report_says_infant_children_and_young_people,
    test_writers.test_html_and_word_print_every_figure_as_often_as_the_report_does,
    test_writers.test_html_and_word_print_the_same_figures,
    test_writers.test_the_pdf_is_tagged_titled_and_in_its_language,
)
LONGEST_SECONDS = 10.0


def test_eight_reports_hold_and_print_the_same_figures_in_every_file(tmp_path: Path) -> None:
    start = time.perf_counter()
    slowest = 0.0

    for area in EIGHT:
        begun = time.process_time()
        report_of(area), pdf_of(area), html_of(area), word_of(area)
        slowest = max(slowest, time.process_time() - begun)
        for holds in OF_A_REPORT:
            holds(area)
        test_writers.test_the_pdf_prints_every_line_of_figures_as_the_report_does(area, tmp_path)

    assert slowest < LONGEST_SECONDS
    report(
        subject="evidence: reports for eight areas",
        count=len(EIGHT),
        seconds=time.perf_counter() - start,
        detail=f"slowest took {slowest:.1f} s of one core for all four files",
    )
