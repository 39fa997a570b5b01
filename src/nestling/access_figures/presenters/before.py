"""What data from before October 2021 can and cannot show, for each question.

From the breaks of `reference/access/breaks.yaml` and the two versions of the data set: version 5
began in October 2021 with new contact codes.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Before:
    """What older data can show, and what they cannot."""

    can: tuple[str, ...]
    cannot: tuple[str, ...]
    heading: str = "What data from before October 2021 can and cannot show"


CODES = (
    "Contacts by the rule used here. Until September 2021 a contact carried other codes for how it "
    "took place, so a count before and a count after are two different counts."
)

BEFORE: dict[str, Before] = {
    "120765": Before(
        can=(
            (
                "How many referrals were received for children aged 0 and 1, and how many of them "
                "were rejected: ages in years were sent then too."
            ),
            (
                "How many children of these ages had a contact by the older codes, as a number by "
                "itself."
            ),
        ),
        cannot=(
            CODES,
            "Integrated care boards, which took the place of other areas in July 2022.",
            "Which teams are for babies: a team’s age group is kept with it only since April 2024.",
        ),
    ),
    "120766": Before(
        can=(
            (
                "That ages were collected, in single years, at the referral and at each contact. "
                "What was published put birth to 5 into one band."
            ),
            "The pattern by age of referrals, year after year.",
        ),
        cannot=(
            CODES,
            "Access by age for the areas of today, or by team for babies.",
            "Whether access was equal: older releases hold no rate for single years.",
        ),
    ),
    "120767": Before(
        can=(
            (
                "How many children aged 0 to 2 were on the caseload on a day such as 31 January "
                "2019, where the older extract is held."
            ),
            "How many had a contact by the older codes in a year before then.",
        ),
        cannot=(
            CODES,
            (
                "So not the exact rise since January 2019. A rise across October 2021 is partly "
                "better counting, and by how much is not known."
            ),
            (
                "The same providers throughout: many sent nothing at first, and some nothing for "
                "months after August 2022."
            ),
        ),
    ),
}
