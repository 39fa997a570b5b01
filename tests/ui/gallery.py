"""Every layout and component once, with awkward content: long names, apostrophes, twins, a loss."""

from collections.abc import Callable
from datetime import date
from functools import partial
from types import SimpleNamespace
from typing import Any, ClassVar

from django import forms
from jinja2 import Environment
from markupsafe import Markup

from nestling.ui import components as c
from nestling.ui.forms import Look, NHSDateField
from nestling.ui.paging import pages, sortable
from tests.ui.served import NONCE

TODAY = date(2026, 3, 10)
CSRF = Markup('<input type="hidden" name="csrfmiddlewaretoken" value="x">')

FRAME = c.Frame(
    home_url="/",
    team_name="Willowbrook Parent–Infant Team",
    nav=(
        c.NavItem(label="My day", url="/day/", current=True, count=3),
        c.NavItem(label="Families", url="/families/"),
        c.NavItem(label="Referrals", url="/referrals/", count=11),
        c.NavItem(label="Waiting list", url="/waiting/"),
        c.NavItem(label="Measures", url="/measures/"),
        c.NavItem(label="Our figures", url="/figures/"),
    ),
    user_name="Asha Fenwick",
    account_url="/account/",
    sign_out_url="/sign-out/",
    search_url="/search/",
    records_url="/records/",
    footer_links=(
        c.NavItem(label="Privacy", url="/privacy/"),
        c.NavItem(label="Accessibility", url="/accessibility/"),
    ),
    note="Every person, team and record here is invented.",
)
BACK = c.BackLink(url="/day/", label="My day")

WREN = c.BabyHeader(
    name="Wren Thistledown",
    age="16 weeks 6 days old",
    with_whom="Juniper (mother) and Rowan (father)",
    facts=[
        c.Fact("Born", "12 November 2025, at 38 weeks"),
        c.Fact("NHS number", "999 412 0662"),
        c.Fact("Weeks to age limit", "87"),
        c.Fact("Worker", "Asha Fenwick"),
    ],
    flags=[c.Tag("Child in Need plan", "red"), c.Tag("In treatment", "green")],
    safe_contact=["Text Juniper’s own phone only.", "No voicemail."],
    ruler=c.life_ruler(
        conception=date(2025, 3, 5),
        born=date(2025, 11, 12),
        due=date(2025, 11, 26),
        today=TODAY,
        limit=date(2027, 11, 12),
        limit_label="Second birthday",
    ),
    is_heading=True,
)
UNBORN = c.BabyHeader(
    name="Baby O’Quillfeather-Fotheringham of Upper Slaughter-on-the-Water",
    age="36 weeks 5 days pregnant",
    with_whom="Ivy (expecting)",
    flags=[c.Tag("Pre-birth child protection plan", "red"), c.Tag("3 weeks to birth", "orange")],
    ruler=c.life_ruler(
        conception=date(2025, 7, 10),
        born=None,
        due=date(2026, 4, 2),
        today=TODAY,
        limit=date(2028, 4, 2),
        limit_label="Second birthday",
    ),
    url="/families/2/",
)
LOSS = c.BabyHeader(
    name="Robin Nettlefold",
    age="must not be seen",
    with_whom="Hob Nettlefold (father)",
    flags=[c.Tag("Loss: nothing is sent", "purple")],
    ruler=WREN.ruler,
    silent=True,
)

AT_HOME = c.relationship_map(
    babies=[c.MapBaby(name="Wren", age="16 weeks")],
    carers=[
        c.MapCarer(name="Juniper", role="mother", focus=True, at_home=True, note="Main carer."),
        c.MapCarer(name="Rowan", role="father", focus=True, at_home=True),
        c.MapCarer(name="Fern", role="sister, 3", at_home=True),
        c.MapCarer(name="Marigold", role="grandmother"),
    ],
    network=[
        c.MapHelper(name="Opal Dray", role="health visitor"),
        c.MapHelper(name="Ines Caraway", role="social worker"),
    ],
)
TWINS = c.relationship_map(
    babies=[c.MapBaby(name="Bay", age="14 weeks"), c.MapBaby(name="Rue", age="14 weeks")],
    carers=[
        c.MapCarer(
            name="Wilhelmina O’Shaughnessy-Fotheringham", role="mother", focus=True, at_home=True
        ),
        c.MapCarer(name="Anne-Marie Tolliver", role="foster carer and aunt", at_home=True),
        c.MapCarer(name="Ned", role="father of Rue", focus=True, babies=(1,)),
        *(c.MapCarer(name=f"Carer {n}", role="kinship carer", at_home=n < 3) for n in range(5)),
    ],
    network=[c.MapHelper(name=f"Helper Number {n}", role="nursery nurse") for n in range(4)],
)
NOBODY = c.relationship_map(babies=[c.MapBaby(name="Baby Silverdale", age="28 weeks")])

STORY = [
    c.TimelineEntry(
        on="10 March",
        age="16 weeks 6 days",
        heading="Film review with Rowan,",
        text="session 4 of 8.",
        kind="milestone",
        link=c.Link("Note in draft", "/notes/1/"),
    ),
    c.TimelineEntry(
        on="3 March", age="15 weeks 6 days", heading="Wren was not brought.", kind="missed"
    ),
    c.TimelineEntry(on="24 February", age="14 weeks 6 days", heading="Filmed play."),
]
BOARD = [
    c.BoardColumn(
        key="new",
        heading="New",
        total=12,
        more=c.Link("All 12", "/referrals/new/"),
        cards=[
            c.BoardCard(
                heading="Baby Quillfeather",
                url="/referrals/1/",
                age="36 weeks 5 days pregnant",
                lines=["Ivy Quillfeather (expecting)", "“She says the baby doesn’t feel real.”"],
                flags=[c.Tag("Pre-birth CP plan", "red"), c.Tag("3 weeks to birth", "orange")],
                foot="Midwife, today",
                action=c.Link("Screen", "/referrals/1/screen/", "Baby Quillfeather"),
            )
        ],
    ),
    c.BoardColumn(key="more", heading="Need more information"),
    c.BoardColumn(key="meeting", heading="For meeting, 12 March"),
    c.BoardColumn(key="decided", heading="Decided this week"),
]
COLUMNS = sortable(
    [
        ("", c.Column(label="Baby and carer")),
        ("", c.Column(label="Age now")),
        ("waited", c.Column(label="Days waited", numeric=True)),
        ("share", c.Column(label="Share of life waited", classes="nl-w-life")),
        ("", c.Column(label="Next contact")),
    ],
    order="-share",
    query={"show": "all"},
)
ROWS = [
    SimpleNamespace(
        name="Moss Applewhite",
        carer="Hettie Applewhite (mother)",
        age="6 weeks 5 days",
        days=42,
        share=c.share_bar(waited_days=42, of_days=47, unborn=False),
        tag=c.Tag("High priority", "pink"),
    ),
    SimpleNamespace(
        name="Baby Fairweather-Featherstonehaugh",
        carer="Tansy Fairweather (expecting)",
        age="38 weeks pregnant",
        days=89,
        share=c.share_bar(waited_days=89, of_days=250, unborn=True),
        tag=c.Tag("Born soon: triage again", "orange"),
    ),
]
FIGURES = [
    c.Figure("23", "families waiting", c.Link("List", "/waiting/")),
    c.Figure("41 days", "middle wait (median)"),
    c.Figure("hidden", "babies of one age"),
]
ANSWERS = [
    c.SummaryRow(
        label="Baby’s name",
        values=["Baby Quillfeather"],
        change=c.Link("Change", "/name/", "the baby’s name"),
    ),
    c.SummaryRow(label="Noticed", values=["Active at 36 weeks.", "Ivy looks away at scans."]),
]


class EveryKind(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Baby’s name", help_text="If there is no name, use “Baby”")
    born = forms.ChoiceField(
        label="Has the baby been born?",
        choices=[("", "---------"), ("yes", "Yes"), ("no", "Not yet")],
        widget=forms.RadioSelect,
    )
    born_on = NHSDateField(label="Date of birth", required=False)
    due_on = NHSDateField(label="Due date", help_text="For example, 2 4 2026", required=False)
    twins = forms.ChoiceField(
        label="Is there more than one baby?",
        choices=[("no", "No"), ("yes", "Yes")],
        widget=forms.RadioSelect,
    )
    noticed = forms.MultipleChoiceField(
        label="What have you noticed?",
        choices=[("cry", "Crying a lot"), ("gaze", "Looks away"), ("none", "None of these")],
        widget=forms.CheckboxSelectMultiple,
    )
    team = forms.ChoiceField(label="Team", choices=[("", "Choose"), ("w", "Willowbrook")])
    places = forms.MultipleChoiceField(label="Places", choices=[("a", "Acorn"), ("r", "Riverside")])
    email = forms.EmailField(label="Email address")
    phone = forms.CharField(label="Phone number", widget=forms.TextInput(attrs={"type": "tel"}))
    weeks = forms.IntegerField(label="Weeks pregnant", min_value=0, max_value=45)
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    story = forms.CharField(label="Story", widget=forms.Textarea, max_length=300)
    plain = forms.CharField(label="Anything else?", widget=forms.Textarea, required=False)
    agrees = forms.BooleanField(label="The family knows about this referral")
    paper = forms.FileField(label="A letter", required=False)
    at = forms.TimeField(label="At what time?", required=False)
    token = forms.CharField(widget=forms.HiddenInput, initial="t")

    looks: ClassVar = {
        "born": Look(reveals={"yes": ("born_on",), "no": ("due_on",)}),
        "twins": Look(inline=True),
        "noticed": Look(
            hints={"cry": "More than three hours a day"}, divider_before={"none": "or"}
        ),
        "weeks": Look(width=2, suffix="weeks"),
        "name": Look(width=20),
    }


WRONG = {
    "name": "",
    "born": "no",
    "due_on-day": "31",
    "due_on-month": "2",
    "due_on-year": "2026",
    "email": "nobody",
    "weeks": "many",
    "story": "x" * 301,
}


ERRORS = (400, 403, 404, 405, 409, 429, 500, 503)
TRAIL = [c.Link("Home", "/"), c.Link("Families", "/families/")]
PRINT_LINK = c.Link("Print as a summary", "/print/")
EMPTY = c.EmptyState(
    heading="Nobody is waiting", text="A family appears here when its referral is accepted."
)


NOTES = [
    SimpleNamespace(level_tag="success", message="Wren’s birth is recorded."),
    SimpleNamespace(level_tag="warning", message="The due date has passed."),
]


def page(env: Environment, name: str, **context: Any) -> str:
    """One page of the gallery, with everything that the gallery's templates ask for."""
    env.globals["messages_for"] = lambda _request: NOTES
    shared: dict[str, Any] = {
        "frame": FRAME,
        "request": SimpleNamespace(csp_nonce=NONCE),
        "csrf_input": CSRF,
        "csrf_token": "token",
        "title": "Gallery",
        "back": BACK,
        "g": globals(),
        "pages": pages(number=5, total=900, query={}),
        "printed_for": "Juniper",
        "printed_words": "Printed by Asha Fenwick on 10 March 2026.",
        "sentences": ["It is sent."],
        "links": [("Home", "/")],
    }
    return env.get_template(name).render(**{**shared, **context})


def gallery(env: Environment) -> dict[str, Callable[[], str]]:
    """Each page by its name, rendered when asked for."""
    named = {
        "staff": ("gallery/staff.jinja", {}),
        "form": ("gallery/public.jinja", {"form": EveryKind()}),
        "form-errors": ("gallery/public.jinja", {"form": EveryKind(WRONG)}),
        "parent": ("gallery/parent.jinja", {}),
        "print": ("gallery/print.jinja", {}),
        "message": ("ui/message.jinja", {}),
        "message-public": ("ui/message_public.jinja", {}),
    }
    named |= {f"error-{code}": (f"ui/errors/{code}.jinja", {}) for code in ERRORS}
    return {name: partial(page, env, file, **more) for name, (file, more) in named.items()}
