"""Requests that no page asks for: any method, any id, any words, sent by the wrong people."""

import random
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client

from tests.house.addresses import SAMPLES, Address, addresses
from tests.house.demo import House
from tests.house.figures import figure_addresses, keep_figures
from tests.house.typed import CONTENT_TYPES, DAYS, NO_IDS, WORDS, YEARS, taken_back

METHODS = (*("GET",) * 5, *("POST",) * 6, "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
OWN = "lead"
"""Willowbrook's lead, who may be shown her own team's records."""
SENDERS = (
    *(OWN, "larkfield.lead", "larkfield.lead", "larkfield.practitioner"),
    *("commissioner", "governance", "system", ""),
)
"""Who sends them: nobody's browser is the empty one."""
KEYS = (
    *("page", "q", "for", "about", "show", "order", "column", "team", "back", "as", "next", "kind"),
    *("part", "person", "baby", "carer", "relationships", "about_person", "referral", "family"),
)


@dataclass(frozen=True)
class Hostile:
    """One request as it is sent, and by whom."""

    sender: str
    method: str
    path: str
    body: bytes
    content_type: str
    headers: dict[str, str]


class Sender:
    """Makes and sends hostile requests, the same ones for the same seed."""

    def __init__(self, house: House, *, seed: int) -> None:
        """Sign everyone in and gather ids of both teams to mix."""
        self.rng = random.Random(seed)
        self.browsers = {name: self._browser(house, name) for name in SENDERS}
        self.cookies = {name: one.cookies.output() for name, one in self.browsers.items()}
        held = (house.willowbrook, house.larkfield)
        self.addresses = {
            page: [one for team in held for one in addresses(page, team, most=3)]
            for page in SAMPLES
        }
        keep_figures(house.willowbrook.team.organisation)
        for one in figure_addresses(house.willowbrook.team.organisation):
            self.addresses[one.page] = [one]
        every = [one for found in self.addresses.values() for one in found]
        self.ids = sorted({str(pk) for one in every for pk in one.ids.values()})

    def _browser(self, house: House, name: str) -> Client:
        return house.browser(name) if name else Client(raise_request_exception=False)

    def send(self) -> tuple[Hostile, HttpResponse]:
        """One request and its answer; nothing that it stored is kept."""
        request = self.request()
        browser = self.signed_in(request.sender)
        with taken_back():
            answer: Any = browser.generic(
                request.method,
                request.path,
                data=request.body,
                content_type=request.content_type,
                headers=request.headers,
            )
        return request, answer

    def signed_in(self, name: str) -> Client:
        """A sender's browser as it was at first: an answer may have taken its session away."""
        browser = self.browsers[name]
        browser.cookies = SimpleCookie(self.cookies[name].removeprefix("Set-Cookie: "))
        return browser

    def request(self) -> Hostile:
        """One request: an address bent in some way, a query and a body of nonsense."""
        rng = self.rng
        page = rng.choice(sorted(self.addresses))
        path = self.bent(rng.choice(self.addresses[page]))
        if rng.random() < 0.5:
            path += ("&" if "?" in path else "?") + self.pairs(rng.randint(1, 4))
        kind = rng.choice(("application/x-www-form-urlencoded",) * 4 + CONTENT_TYPES)
        return Hostile(
            sender=rng.choice(SENDERS),
            method=rng.choice(METHODS),
            path=path,
            body=rng.choice((self.pairs(rng.randint(0, 12)).encode(), rng.randbytes(60), b"{[")),
            content_type=kind,
            headers=self.headers(),
        )

    def bent(self, address: Address) -> str:
        """An address as it is, with ids of other records, or with something that is no id."""
        path = address.url
        chance = self.rng.random()
        for pk in map(str, address.ids.values()):
            if chance < 0.3:
                path = path.replace(pk, self.rng.choice(self.ids))
            elif chance < 0.4:
                path = path.replace(pk, quote(self.rng.choice((*NO_IDS, str(uuid4()), "%00"))))
        return path

    def pairs(self, number: int) -> str:
        """Names and values: of both teams' records, of forms, and of neither."""
        some = (*WORDS, *DAYS, *YEARS, *NO_IDS, *self.rng.sample(self.ids, 20))
        return "&".join(
            f"{self.rng.choice(KEYS)}={quote(self.rng.choice(some)[:2000])}" for _ in range(number)
        )

    def headers(self) -> dict[str, str]:
        """What a program may claim to be or to want."""
        choices: tuple[dict[str, str], ...] = (
            {},
            {"hx-request": "true"},
            {"accept": "application/json"},
            {"accept-language": "x" * 3000},
            {"cookie": "sessionid=\"';--; csrftoken=x"},
            {"referer": "http://[::1"},
            {"x-forwarded-for": "' OR 1=1"},
        )
        return self.rng.choice(choices)
