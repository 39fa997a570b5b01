"""A direct contact: one session or call, with who was there; the adult and the baby on two axes."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from nestling.accounts.models import Team, User
from nestling.accounts.roles import Ability
from nestling.care.models.episodes import Episode
from nestling.foundation.privacy import Privacy, operational, sensitive
from nestling.foundation.records import Record
from nestling.people.models import Note, Person
from nestling.people.models.walls import UnsealedManager, closed_families
from nestling.referrals.models import Referral
from nestling.referrals.models.referrals import closed_referrals


class ContactQuerySet(models.QuerySet["Contact"]):
    """Questions about contacts."""

    def visible_to(self, user: User) -> Self:
        """Contacts of a team in which the user may open families, and not locked."""
        mine = self.filter(team__in=user.teams_where(Ability.OPEN_FAMILY))
        shut = Q(episode__family__in=closed_families(user))
        shut |= closed_referrals(user, column="referral", family="referral__family")
        return mine.filter(~shut)


class Contact(Record):
    """A session or call on an episode, or on a referral that still waits."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, null=True, related_name="contacts"
    )
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, null=True, related_name="contacts"
    )
    on = models.DateField()
    mode = models.CharField(max_length=20)
    minutes = models.PositiveSmallIntegerField(null=True)
    practitioner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="contacts")
    note = models.ForeignKey(Note, on_delete=models.PROTECT, null=True, related_name="contacts")

    privacy: ClassVar[dict[str, Privacy]] = operational(
        *("team", "episode", "referral", "on", "mode", "minutes", "practitioner", "note")
    )
    objects = ContactQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["episode", "-on"], name="contact_by_episode"),
            models.Index(fields=["referral", "-on"], name="contact_by_referral"),
            models.Index(fields=["practitioner", "-on"], name="contact_by_practitioner"),
        ]
        constraints = [
            models.CheckConstraint(
                name="contact_is_on_an_episode_or_a_waiting_referral",
                condition=Q(episode__isnull=False) | Q(referral__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.mode} on {self.on}"


class Presence(Record):
    """What is known of one person at a contact: an adult came or not, a baby was brought or not."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="presences")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="presences")
    attendance = models.CharField(max_length=22)

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("contact", "person"),
        **sensitive("attendance"),
    }
    objects = UnsealedManager["Presence"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contact", "person"], name="presence_once")]

    def __str__(self) -> str:
        return self.attendance
