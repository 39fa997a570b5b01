"""Rows that the rules read: contacts and referrals with the values of their own records."""

from typing import TYPE_CHECKING

import ibis
import ibis.expr.types as ir

from nestling.analytics.access.scope import DECILES, NOT_KNOWN, Scope, source
from nestling.reference.access import statements

if TYPE_CHECKING:
    import ibis.expr.datatypes as dt

REFERRAL_BREAKDOWNS = {"team_type": "team_type", "reason": "reason", "source": "source"}


def records(scope: Scope) -> ir.Table:
    """One row a record: district, area, birth date and the breakdowns of a person."""
    people = source("MHS001MPI")
    table = people.select(
        record=people.RecordNumber,
        district=people.LADistrictAuth,
        sub_icb=people.OrgIDSubICBLocResidence,
        birth=people.PersonBirthDate,
        sex=known(ibis.coalesce(blank(people.GenderIDCode), blank(people.Gender))),
        ethnicity=known(people.EthnicCategory),
        lsoa=people.LSOA2021,
    )
    table = with_practice(table) if scope.icb_basis == "gp" else table
    return with_decile(table) if "deprivation" in scope.breakdowns else table


def blank(value: ir.StringValue) -> ir.StringValue:
    """No value where the text is empty."""
    return value.nullif("")


def known(value: ir.StringValue) -> ir.StringValue:
    """The code, or the words for none."""
    return ibis.coalesce(blank(value), ibis.literal(NOT_KNOWN))


def with_practice(table: ir.Table) -> ir.Table:
    """The area of an open registration with a real practice, else that of the home."""
    practices = source("MHS002GP")
    real = practices.filter(
        practices.EndDateGMPRegistration.isnull(),
        practices.GMPReg.notin(statements().no_practice.value),
        blank(practices.OrgIDSubICBLocGP).notnull(),
    )
    area = real.group_by(practice_record=real.RecordNumber).aggregate(
        practice_area=real.OrgIDSubICBLocGP.max()
    )
    joined = table.left_join(area, table.record == area.practice_record)
    return joined.mutate(sub_icb=ibis.coalesce(joined.practice_area, joined.sub_icb)).drop(
        "practice_record", "practice_area"
    )


def with_decile(table: ir.Table) -> ir.Table:
    """The deprivation decile of the home, where the extract has an LSOA of 2021."""
    joined = table.left_join(DECILES, table.lsoa == DECILES.lsoa21)
    return joined.mutate(deprivation=ibis.coalesce(joined.decile, ibis.literal(NOT_KNOWN))).drop(
        "lsoa21", "decile"
    )


def person_columns(scope: Scope) -> list[str]:
    """The columns of a record that a scope reads."""
    wanted = [name for name in ("sex", "ethnicity", "deprivation") if name in scope.breakdowns]
    return ["record", "district", "sub_icb", *wanted]


def contacts() -> ir.Table:
    """One row a contact row of the extract, with no value of its record yet."""
    table = source("MHS201CareContact")
    return table.select(
        person=table.Person_ID,
        referral=table.UniqServReqID,
        contact=table.UniqCareContID,
        day=table.CareContDate,
        age=table.AgeCareContDate,
        attendance=table.AttendStatus,
        mechanism=table.ConsMechanismMH,
        record=table.RecordNumber,
        month=table.UniqMonthID,
        row=table.MHS201UniqID,
        provider=table.OrgIDProv,
    )


def with_record(rows: ir.Table, scope: Scope, *, birth: bool = False) -> ir.Table:
    """The rows with the values of their own record; a record that is not there gives none."""
    columns = [*person_columns(scope), *(["birth"] if birth or scope.ages.unit == "months" else [])]
    person = records(scope).select(*columns).rename(its_record="record")
    joined = rows.left_join(person, rows.record == person.its_record).drop("its_record")
    dims = [name for name in ("sex", "ethnicity", "deprivation") if name in scope.breakdowns]
    fills = {name: ibis.coalesce(joined[name], ibis.literal(NOT_KNOWN)) for name in dims}
    return joined.mutate(**fills) if fills else joined


def referral_rows() -> ir.Table:
    """One row a referral row of the extract."""
    table = source("MHS101Referral")
    return table.select(
        person=table.Person_ID,
        referral=table.UniqServReqID,
        record=table.RecordNumber,
        month=table.UniqMonthID,
        row=table.MHS101UniqID,
        provider=table.OrgIDProv,
        received=table.ReferralRequestReceivedDate,
        age=table.AgeServReferRecDate,
        rejected=table.ReferRejectionDate,
        discharged=table.ServDischDate,
        team=table.UniqCareProfTeamLocalID,
        team_type=known(table.ServTeamType),
        team_ages=table.ServTeamIntAgeGroup,
        reason=known(table.PrimReasonReferralMH),
        source=known(table.SourceOfReferralMH),
    )


KEPT = (
    "person", "record", "provider", "received", "age", "team", "team_type", "team_ages", "reason", "source",  # noqa: E501 - one piece of text
)  # fmt: skip


def earliest(rows: ir.Table, columns: tuple[str, ...] = KEPT) -> ir.Table:
    """One row a referral: its earliest.

    With the first rejection and discharge that any row shows.
    """
    order = ibis.struct({"month": rows.month, "row": rows.row})
    first = ibis.struct({name: rows[name] for name in columns}).argmin(order)
    grouped = rows.group_by("referral").aggregate(
        first=first, first_rejected=rows.rejected.min(), first_discharged=rows.discharged.min()
    )
    values = {name: grouped.first[name] for name in columns}
    return grouped.select("referral", "first_rejected", "first_discharged", **values)


def known_pairs() -> ir.Table:
    """Each person and referral that stand together anywhere among the referrals."""
    table = source("MHS101Referral")
    return table.select(pair_person=table.Person_ID, pair_referral=table.UniqServReqID)


def each_contact_once(rows: ir.Table) -> ir.Table:
    """One row for a contact that was sent several times: its earliest, by month and then by row."""
    keys = ("person", "contact", "day")
    others = [name for name in rows.columns if name not in {*keys, "month", "row"}]
    order = ibis.struct({"month": rows.month, "row": rows.row})
    first = ibis.struct({name: rows[name] for name in others}).argmin(order)
    grouped = rows.group_by(*keys).aggregate(first=first)
    return grouped.select(*keys, **{name: grouped.first[name] for name in others})


def completed_months(birth: "ir.DateValue", day: "ir.DateValue") -> "ir.IntegerValue":
    """Completed months between two days."""
    whole = (day.year() - birth.year()) * 12 + day.month() - birth.month()
    return (whole - (day.day() < birth.day()).cast("int64")).cast("int64")


def completed_years(birth: "ir.DateValue", day: "ir.DateValue") -> "ir.IntegerValue":
    """Completed years: a child born on 29 February is one on 1 March."""
    before = (day.month() < birth.month()) | (
        (day.month() == birth.month()) & (day.day() < birth.day())
    )
    return (day.year() - birth.year() - before.cast("int64")).cast("int64")


def typed_null(kind: "dt.DataType | str") -> ir.Value:
    """No value, of a kind."""
    return ibis.null().cast(kind)
