"""Who may open which page: the permission matrix of the whole house, as data.

One line a page, one word a role: ``ok`` opens, ``no`` is refused (403: the page is known to exist),
``none`` is not found (404: this role sees no such record at all), ``on`` goes on to another page.
The record is Willowbrook's, and so are the four team roles. Read against the guide of roles: only
the four team roles open a family; clinical content is for practitioners and leads; triage is the
lead's; figures-only roles, information governance and system administrators open no family.
"""

from nestling.accounts.roles import Role

ROLES = (
    *(Role.PRACTITIONER, Role.CLINICAL_LEAD, Role.TEAM_ADMINISTRATOR, Role.SERVICE_MANAGER),
    *(Role.COMMISSIONER, Role.ANALYST, Role.INFORMATION_GOVERNANCE, Role.SYSTEM_ADMINISTRATOR),
)
STATUS = {"ok": 200, "no": 403, "none": 404, "on": 302}

#                practitioner lead administrator manager | commissioner analyst governance system
TABLE = """
desk:start                     on   on   on   on     on   on   on   on
desk:privacy                   ok   ok   ok   ok     ok   ok   ok   ok
desk:accessibility             ok   ok   ok   ok     ok   ok   ok   ok
desk:health                    ok   ok   ok   ok     ok   ok   ok   ok
desk:home                      ok   ok   ok   ok     ok   ok   ok   ok
desk:families                  ok   ok   ok   ok     no   no   no   no
desk:search                    ok   ok   ok   ok     no   no   no   no
desk:emergency                 ok   ok   no   no     no   no   no   no
desk:emergency_reviews         no   ok   no   no     no   no   ok   no
desk:emergency_review          none ok   none none   none none ok   none
desk:locks                     no   ok   no   no     no   no   ok   no
desk:lock                      none ok   none none   none none ok   none
desk:restricted_looks          no   no   no   no     no   no   ok   no
desk:sealed_records            no   no   no   no     no   no   ok   no
desk:sealed_record             none none none none   none none ok   none
desk:own_looks                 no   no   no   ok     no   no   no   no
desk:own_looks_month           no   no   no   ok     no   no   no   no
desk:account                   no   no   no   no     no   no   no   ok
desk:leavers                   no   ok   no   no     no   no   no   no
desk:leaver                    no   ok   no   no     no   no   no   no
desk:looks                     no   no   no   no     no   no   ok   no
desk:person_looks              no   no   no   no     no   no   ok   no
desk:family                    ok   ok   ok   ok     none none none none
desk:story                     ok   ok   ok   ok     none none none none
desk:print                     ok   ok   ok   ok     none none none none
desk:show_to                   ok   ok   ok   ok     none none none none
desk:adult                     ok   ok   no   no     none none none none
accounts:profile               ok   ok   ok   ok     ok   ok   ok   ok
accounts:members               no   no   no   no     no   no   no   ok
accounts:member_add            no   no   no   no     no   no   no   ok
accounts:membership_add        no   no   no   no     no   no   no   ok
accounts:second_step           no   no   no   no     no   no   no   ok
accounts:membership_end        no   no   no   no     no   no   no   ok
accounts:team_add              no   no   no   no     no   no   no   ok
accounts:team_edit             no   no   no   no     no   no   no   ok
staff:me                       ok   ok   ok   ok     ok   ok   ok   ok
staff:team                     no   ok   no   ok     no   no   no   no
staff:practitioner             none ok   none ok     none none none none
staff:leave_add                none ok   none ok     none none none none
staff:certificate_add          none ok   none ok     none none none none
people:birth                   ok   ok   ok   no     none none none none
people:loss                    ok   ok   ok   no     none none none none
people:safeguarding_add        ok   ok   no   no     none none none none
people:person_add              ok   ok   ok   no     none none none none
people:person_edit             ok   ok   ok   no     none none none none
people:member_end              ok   ok   ok   no     none none none none
people:contact                 ok   ok   ok   no     none none none none
people:adult_risks             ok   ok   no   no     none none none none
people:relationship_add        ok   ok   ok   no     none none none none
people:relationship_edit       ok   ok   ok   no     none none none none
people:network_add             ok   ok   ok   no     none none none none
people:lock                    no   ok   no   no     none none none none
people:adoption                no   ok   no   no     none none none none
people:risks                   ok   ok   no   no     none none none none
people:restricted              ok   ok   no   no     none none none none
people:agreement_add           ok   ok   no   no     none none none none
people:agreement_withdraw      ok   ok   ok   no     none none none none
people:note_add                ok   ok   no   no     none none none none
people:note                    ok   ok   no   no     none none none none
people:task_add                ok   ok   ok   no     none none none none
people:task_done               ok   ok   ok   no     none none none none
people:duplicates              no   ok   no   no     no   no   no   no
people:compare                 no   ok   no   no     no   no   no   no
people:merge                   no   ok   no   no     no   no   no   no
people:mark                    ok   ok   ok   ok     none none none none
referrals:public_start         ok   ok   ok   ok     ok   ok   ok   ok
referrals:public_step          on   on   on   on     on   on   on   on
referrals:public_check         on   on   on   on     on   on   on   on
referrals:public_receipt       on   on   on   on     on   on   on   on
referrals:public_stop          ok   ok   ok   ok     ok   ok   ok   ok
referrals:board                ok   ok   ok   ok     no   no   no   no
referrals:receive              ok   ok   ok   no     no   no   no   no
referrals:agenda               no   ok   no   no     no   no   no   no
referrals:referral             ok   ok   ok   ok     none none none none
referrals:screen               no   ok   no   no     none none none none
referrals:lock                 no   ok   no   no     none none none none
referrals:decide               no   ok   no   no     none none none none
referrals:told                 ok   ok   ok   no     none none none none
referrals:pause                ok   ok   no   no     none none none none
referrals:redirect_outcome     ok   ok   ok   no     none none none none
referrals:unmet_need           ok   ok   ok   ok     no   no   no   no
referrals:consultations        ok   ok   ok   no     no   no   no   no
referrals:consultation_add     ok   ok   no   no     no   no   no   no
referrals:consultation_convert ok   ok   ok   none   none none none none
referrals:criteria             ok   ok   ok   ok     no   no   no   no
care:waiting                   ok   ok   ok   ok     no   no   no   no
care:wait                      ok   ok   ok   ok     none none none none
care:waiting_contact           ok   ok   ok   no     none none none none
care:interim_offer             ok   ok   ok   no     none none none none
care:referrer_update           ok   ok   ok   no     none none none none
care:triage_again              no   ok   no   no     none none none none
care:close_waiting             ok   ok   no   no     none none none none
care:take_up                   ok   ok   no   no     none none none none
care:episode                   ok   ok   ok   ok     none none none none
care:stage                     ok   ok   no   no     none none none none
care:focus                     ok   ok   no   no     none none none none
care:step                      ok   ok   no   no     none none none none
care:step_outcome              ok   ok   none none   none none none none
care:contact_add               ok   ok   no   no     none none none none
care:end                       ok   ok   no   no     none none none none
care:reopen                    ok   ok   no   no     none none none none
"""


def matrix() -> dict[str, dict[Role, int]]:
    """By page and role: the status of a GET."""
    lines = (line.split() for line in TABLE.split("\n") if line)
    return {
        page: {role: STATUS[word] for role, word in zip(ROLES, words, strict=True)}
        for page, *words in lines
    }
