"""The filters of the register; nonsense filters nothing."""

from typing import Any, ClassVar

from django import forms

from nestling.evidence.browse import QUALITIES, ClaimFilter
from nestling.reference.claims import Register
from nestling.ui.forms import Look

ANY = ("", "All")
NAMES = ("document", "construct", "kind", "quality", "only")
ONLY = (
    ANY,
    ("past_review", "Past their review date"),
    ("contradicted", "Where sources disagree"),
)


class ClaimsForm(forms.Form):
    """What to look for in the register."""

    q = forms.CharField(label="Search", required=False, max_length=100)
    document = forms.ChoiceField(label="Document", required=False)
    construct = forms.ChoiceField(label="What is counted", required=False)
    kind = forms.ChoiceField(label="Kind", required=False)
    quality = forms.ChoiceField(label="Quality", required=False)
    only = forms.ChoiceField(label="Only those", required=False, choices=ONLY)

    looks: ClassVar = dict.fromkeys(
        ("q", *NAMES), Look(classes="nhsuk-u-width-full", optional=False)
    )

    def __init__(self, data: Any, *, reg: Register) -> None:
        """Offer what the register holds, and forget an answer that it does not."""
        choices = choices_of(reg)
        given = {
            name: data.get(name, "") if data.get(name, "") in dict(choices[name]) else ""
            for name in NAMES
        }
        self.given = {"q": data.get("q", "").replace("\x00", "").strip(), **given}
        super().__init__(self.given)
        for name in NAMES:
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
            field.choices = choices[name]

    def wanted(self) -> ClaimFilter:
        """What to look for."""
        given = self.given
        return ClaimFilter(
            word=given["q"],
            document=given["document"],
            construct=given["construct"],
            kind=given["kind"],
            quality=given["quality"],
            past_review=given["only"] == "past_review",
            contradicted=given["only"] == "contradicted",
        )


def choices_of(reg: Register) -> dict[str, list[tuple[str, str]]]:
    """The choices of each filter, as the register holds them."""
    kinds = sorted({claim.kind for claim in reg.claims.values()})
    return {
        "document": [ANY, *((row.id, f"{row.id}: {row.short}") for row in reg.documents.values())],
        "construct": [ANY, *((row.id, row.label) for row in reg.constructs.values())],
        "kind": [ANY, *((kind, kind.replace("_", " ")) for kind in kinds)],
        "quality": [ANY, *QUALITIES.items()],
        "only": list(ONLY),
    }
