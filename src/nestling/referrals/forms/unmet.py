"""The filter above the list of unmet need."""

from collections.abc import Mapping

from django import forms

from nestling.referrals.forms.fields import coded, select
from nestling.referrals.queries import UnmetFilter
from nestling.ui.forms import Look

HELPED = (("unmet", "Not helped yet"), ("met", "Helped since"))


class UnmetFilterForm(forms.Form):
    """Kind, reason, referrer, and whether help came after all; nonsense filters nothing."""

    kind = select("How it came", coded("unmet_need_kinds"), empty="Any")
    reason = select("Reason", coded("decline_reasons", without=("loss",)), empty="Any")
    referrer_type = select("Who asked", coded("referrer_types"), empty="Anyone")
    still = select("Since then", HELPED, empty="Either")

    looks: Mapping[str, Look] = dict.fromkeys(
        ("kind", "reason", "referrer_type", "still"), Look(classes="nhsuk-u-width-full")
    )

    def wanted(self) -> UnmetFilter:
        """The rows that are asked for."""
        return UnmetFilter(**self.query())

    def query(self) -> dict[str, str]:
        """The filter as the address says it, without what no list holds."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name) or "") for name in self.fields}
