"""Two people at once: in whatever order they open, type and save, no change is lost unseen."""

from tests.house.demo import House
from tests.house.two_editors import interleavings

EXAMPLES = 90
"""Examples that Hypothesis asks for; with those that it bends, some more orders are tried."""
INTERLEAVINGS = 200
"""Orders of events in which something was sent; 10,000 are for `make prove`."""


def test_no_update_is_lost_between_two_editors(house: House) -> None:
    met = interleavings(house, count=EXAMPLES)

    assert met["orders"] >= INTERLEAVINGS
    assert met["saved"] > INTERLEAVINGS // 2
    assert met["told of the other version"] > INTERLEAVINGS // 10
    assert met["took what was stored"] > 0
