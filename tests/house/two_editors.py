"""Two people who open, type and save in any order: a machine that holds what each was shown."""

from contextlib import ExitStack
from typing import Any

from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.house.demo import House
from tests.house.editing import Desk, Page, desks, page_in
from tests.house.typed import Values, taken_back

STEPS = 4


class TwoEditors(RuleBasedStateMachine):
    """One record, two browsers. Every saved change was seen by whoever put another in its place."""

    desks: list[Desk]
    browsers: dict[tuple[str, int], Client]
    met: dict[str, int]

    def __init__(self) -> None:
        """Whatever one order of events stores is taken back at its end."""
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(taken_back())
        self.pages: dict[int, Page] = {}
        self.sent = 0
        self.changes = 0

    def teardown(self) -> None:
        """Take everything back; an order in which nobody sent anything does not count."""
        self.stack.close()
        if self.sent:
            self.count("orders")

    @initialize(data=st.data(), number=st.integers(0, 10_000), first=st.sampled_from([0, 1]))
    def both_open_a_record(self, data: st.DataObject, number: int, first: int) -> None:
        """Two people have the same page before them, and one of them sends something."""
        self.desk = self.desks[number % len(self.desks)]
        for editor in (0, 1):
            self.open(editor)
        self.type(first, data)
        self.send(first, more={})

    @precondition(lambda self: len(self.pages) < 2)
    @rule()
    def opens_again(self) -> None:
        """Whoever has saved opens the page once more."""
        self.open(next(editor for editor in (0, 1) if editor not in self.pages))

    @precondition(lambda self: self.pages)
    @rule(data=st.data(), saving=st.booleans())
    def types(self, data: st.DataObject, saving: bool) -> None:
        """Somebody types into one field and perhaps sends what stands in the form."""
        editor = data.draw(st.sampled_from(sorted(self.pages)))
        self.type(editor, data)
        if saving:
            self.send(editor, more={})

    @precondition(lambda self: any(page.can_take for page in self.pages.values()))
    @rule(data=st.data())
    def takes_what_is_stored(self, data: st.DataObject) -> None:
        """Somebody who was shown both versions ticks every stored value and saves."""
        told = sorted(number for number, page in self.pages.items() if page.can_take)
        editor = data.draw(st.sampled_from(told))
        before, fields = self.desk.stored(), set(self.pages[editor].can_take)
        done = self.send(editor, more={"take": sorted(fields)})
        if done and len(before) == len(after := self.desk.stored()):
            kept = fields & before[-1].keys()
            assert {n: after[-1][n] for n in kept} == {n: before[-1][n] for n in kept}
            self.count("took what was stored")

    def type(self, editor: int, data: st.DataObject) -> None:
        """Type into one field."""
        name = data.draw(st.sampled_from(sorted(self.desk.fields)))
        self.pages[editor].values[name] = data.draw(self.desk.fields[name])

    def open(self, editor: int) -> None:
        """Open the page."""
        answer = self.browser(editor).get(self.desk.url)
        assert answer.status_code == 200, self.desk
        self.show(editor, answer.content.decode())

    def show(self, editor: int, html: str) -> Page:
        """Put a page before somebody, and keep how often the record had been changed by then."""
        page = self.pages[editor] = page_in(html, self.desk)
        page.changes = self.changes
        return page

    def send(self, editor: int, *, more: Values) -> bool:
        """Send a form and hold the answer to the promise; whether it was saved."""
        page, before = self.pages[editor], self.desk.stored()
        self.sent += 1
        answer = self.browser(editor).post(self.desk.url, {**page.values, **more})
        after = self.desk.stored()
        if answer.status_code == 302:
            assert before == page.shown, f"{self.desk.name}: overwrote what was never shown"
            self.count("saved")
            self.changes += after != before
            del self.pages[editor]
            return True
        assert answer.status_code == 422, f"{self.desk.name}: {answer.status_code}"
        assert after == before, f"{self.desk.name}: refused and stored"
        html = answer.content.decode()
        again, told = self.show(editor, html), 'id="two-versions"' in html
        # A form may have a fault of its own; both versions are for what somebody else changed, also
        # where a second change has put back what stood there.
        assert told == (page.changes != self.changes), f"{self.desk.name}: told {told}"
        assert told or before == page.shown, f"{self.desk.name}: not told"
        assert _typed(again, self.desk) == _typed(page, self.desk), f"{self.desk.name}: lost words"
        self.count("told of the other version" if told else "told of a fault of the form")
        return False

    def browser(self, editor: int) -> Client:
        """The browser of one of the two."""
        return self.browsers[self.desk.editors[editor], editor]

    def count(self, what: str) -> None:
        """Count what was met, so that a test can tell that something was."""
        self.met[what] = self.met.get(what, 0) + 1


def _typed(page: Page, desk: Desk) -> dict[str, list[str]]:
    return {name: page.values.get(name, []) for name in desk.fields}


def interleavings(house: House, *, count: int) -> dict[str, int]:
    """Try so many orders of events over all kinds of record; how often each thing was met."""
    every = desks(house)
    names = {(name, number) for desk in every for number, name in enumerate(desk.editors)}
    met: dict[str, int] = {}
    given: dict[str, Any] = {
        "desks": every,
        "met": met,
        "browsers": {(name, number): house.browser(name) for name, number in sorted(names)},
    }
    run_state_machine_as_test(
        type("Machine", (TwoEditors,), given),
        settings=settings(
            max_examples=count,
            stateful_step_count=STEPS,
            # A fault is told as it was met: to look for a shorter one would send far more pages.
            phases=[Phase.generate],
            derandomize=True,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return met
