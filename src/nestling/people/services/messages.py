"""The one door through which a message reaches a family; every rule is asked each time."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from nestling.accounts.models import Team, User
from nestling.foundation import audit
from nestling.foundation.clock import now, today
from nestling.foundation.looks import unwatched
from nestling.people.models import Agreement, OutboxMessage, Person, SafeContact
from nestling.people.models.contact import ContactKind, HeldBack, MessageState
from nestling.people.outbox import backend
from nestling.people.services.agreements import GIVEN
from nestling.people.services.details import MessageDetails

TEXTS_AND_EMAILS = "C9"
TEXT, EMAIL, POST = "text", "email", "post"
ALLOWED_BY = {TEXT: "may_text", EMAIL: "may_email", POST: "may_post"}
"""Each way of sending, and the line of a safe-contact rule that allows it."""

REACHED_AT = {TEXT: ContactKind.MOBILE, EMAIL: ContactKind.EMAIL}


@transaction.atomic
def send(details: MessageDetails, *, team: Team, on: date, by: User | None) -> OutboxMessage:
    """A message on its way, or the record of why it was held back.

    Nothing automatic leaves after a loss: of the person, of the baby it is about, of any baby of
    that baby's families, or, where it is about no one, of any baby the person cares for. A person
    who has died gets no message at all. Every message needs a current safe-contact rule that allows
    its way; an automatic text or email needs a current agreement (C9) too. The rules are asked
    again when the message leaves.
    """
    held = reason_to_hold(details, team=team, on=on)
    row = OutboxMessage(
        team=team,
        person=details.person,
        about=details.about,
        channel=details.channel,
        automatic=details.automatic,
        subject=details.subject,
        body=details.body,
        state=MessageState.HELD_BACK if held else MessageState.QUEUED,
        held_back_because=held or "",
    )
    message = audit.create(row, by=by, action="held_back" if held else "queued")
    if not held:
        transaction.on_commit(lambda: deliver(message.pk, on=on))
    return message


def deliver(message_id: UUID, *, on: date) -> None:
    """Hand a queued message to the back end, if the rules still allow it."""
    # Nobody is shown the message or the person: Nestling itself sends it.
    with unwatched(), transaction.atomic():
        message = (
            OutboxMessage.objects.select_for_update(of=("self",))
            .select_related("person", "about", "team")
            .get(pk=message_id)
        )
        if message.state != MessageState.QUEUED:
            return
        held = reason_to_hold(_details_of(message), team=message.team, on=on)
        if held:
            values = {"state": MessageState.HELD_BACK, "held_back_because": held}
            audit.change(message, values, by=None, action="held_back")
            return
        audit.change(
            message, {"state": MessageState.SENT, "sent_at": now()}, by=None, action="sent"
        )
        backend().send(message)


def deliver_waiting() -> int:
    """Hand over every message that still waits, as after a restart; how many were looked at."""
    waiting = OutboxMessage.objects.filter(state=MessageState.QUEUED)
    ids = list(waiting.order_by("created_at").values_list("pk", flat=True))
    for message_id in ids:
        deliver(message_id, on=today())
    return len(ids)


def reason_to_hold(details: MessageDetails, *, team: Team, on: date) -> HeldBack | None:
    """Why a message may not leave on a day, or nothing."""
    if _is_sealed(details):
        return HeldBack.SEALED
    if _is_silenced(details):
        return HeldBack.LOSS
    rule = current_rule(details.person, on=on)
    if rule is None:
        return HeldBack.NO_RULE
    if not getattr(rule, ALLOWED_BY[details.channel]):
        return HeldBack.NOT_SAFE
    if details.automatic and details.channel != POST and not _has_agreed(details, team, on=on):
        return HeldBack.NOT_AGREED
    return None if _can_be_reached(details, on=on) else HeldBack.NO_ADDRESS


def current_rule(person: Person, *, on: date) -> SafeContact | None:
    """The safe-contact rule that holds on a day."""
    rules = person.safe_contacts.filter(Q(until_on__isnull=True) | Q(until_on__gt=on))
    return rules.filter(from_on__lte=on).order_by("-from_on", "-created_at").first()


def _is_sealed(details: MessageDetails) -> bool:
    """Whether the message is to or about someone whose record is under a seal."""
    ids = {one.pk for one in (details.person, details.about) if one is not None}
    return Person.objects.filter(pk__in=ids).count() < len(ids)


def _is_silenced(details: MessageDetails) -> bool:
    if details.person.is_lost:
        return True
    if details.about is not None and details.about.is_lost:
        return True
    return details.automatic and _a_loss_is_near(details)


def _a_loss_is_near(details: MessageDetails) -> bool:
    lost = Person.objects.exclude(loss="")
    if details.about is None:
        return lost.filter(carers_link__carer=details.person).exists()
    families = details.about.memberships.values("family")
    return lost.filter(memberships__family__in=families).exists()


def _has_agreed(details: MessageDetails, team: Team, *, on: date) -> bool:
    rows = Agreement.objects.filter(
        team=team, code=TEXTS_AND_EMAILS, given_by=details.person, given_on__lte=on
    )
    if details.about is not None:
        rows = rows.filter(about__in=[details.about, details.person])
    newest = rows.order_by("-given_on", "-created_at").first()
    return newest is not None and is_current(newest, on=on)


def is_current(agreement: Agreement, *, on: date) -> bool:
    """Whether an agreement was given, not withdrawn and not run out, on a day."""
    withdrawn = agreement.withdrawn_on is not None and agreement.withdrawn_on <= on
    ran_out = agreement.expires_on is not None and agreement.expires_on < on
    return agreement.answer == GIVEN and not withdrawn and not ran_out


def _can_be_reached(details: MessageDetails, *, on: date) -> bool:
    current = Q(until_on__isnull=True) | Q(until_on__gt=on)
    if details.channel == POST:
        return details.person.addresses.filter(current).exists()
    kind = REACHED_AT[details.channel]
    return details.person.contact_points.filter(current, kind=kind).exists()


def _details_of(message: OutboxMessage) -> MessageDetails:
    return MessageDetails(
        person=message.person,
        about=message.about,
        channel=message.channel,
        subject=message.subject,
        body=message.body,
        automatic=message.automatic,
    )
