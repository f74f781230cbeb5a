"""Every address of the site, and how each kind of viewer is met there.

A row is an address by its name, a column a viewer, a cell how she is met:

    r  she may read the page                                    (nothing is done there)
    w  she may read it and do what it is for
    v  she may read it; doing is refused with a reason          (403)
    k  she may read it, or is led to what she may read; doing changes nothing and the page says why
    p  she may do it; there is nothing to read                  (only POST)
    q  she may ask; nothing is written                          (only POST)
    x  doing it is refused with a reason                        (only POST, 403)
    c  the page is refused with a reason                        (403)
    -  there is no such page, as far as she can tell            (404)
    n  there is no such page, and nobody is refused anything    (404: she has no such thing of her own)
    s  she is asked to sign in

What is refused to someone signed in (v, x, c, -) is one line in the access log, committed before the answer leaves.
What may be done (w, p) is done when everybody types the same (`posting.py`).

A row is tried on a case whose proposal is being written; `@` names another state: a proposal that waits for
signature, a signed decision, material put to the person and not answered, or a case with nothing in it yet.
"""

from __future__ import annotations

from dataclasses import dataclass

# The columns: who looks, and which actor of the scene that is.
VIEWERS = {
    "an": (None, "nobody has signed in"),
    "of": ("officer", "the case's officer"),
    "co": ("coworker", "an officer of another unit who works on the case too"),
    "oo": ("other_officer", "an officer of another unit"),
    "de": ("decider", "the unit's decision-maker"),
    "ma": ("manager", "the unit's manager"),
    "om": ("other_manager", "another unit's manager"),
    "re": ("registrar", "the unit's registrar"),
    "ct": ("controller", "the unit's controller of the access log"),
    "ec": ("economist", "the unit's economist"),
    "sy": ("sysadmin", "the municipality's system administrator"),
    "aw": ("away", "someone with every role in another municipality"),
    # The person is protected:
    "nm": ("named", "the officer, who is named to see her"),
    "un": ("manager", "the unit's manager, who is not"),
}
PROTECTED = ("nm", "un")

TABLE = """
                                          an of co oo de ma om re ct ec sy aw  nm un

# Signing in, and one's own account
account_login                             r  r  r  r  r  r  r  r  r  r  r  r   r  r
account_logout                            r  r  r  r  r  r  r  r  r  r  r  r   r  r
account_reauthenticate                    s  r  r  r  r  r  r  r  r  r  r  r   r  r
account_change_password                   s  r  r  r  r  r  r  r  r  r  r  r   r  r
account_reset_password_from_key           r  r  r  r  r  r  r  r  r  r  r  r   r  r
account_reset_password_from_key_done      r  r  r  r  r  r  r  r  r  r  r  r   r  r
account_inactive                          r  r  r  r  r  r  r  r  r  r  r  r   r  r
mfa_index                                 s  r  r  r  r  r  r  r  r  r  r  r   r  r
mfa_authenticate                          s  r  r  r  r  r  r  r  r  r  r  r   r  r
mfa_reauthenticate                        s  r  r  r  r  r  r  r  r  r  r  r   r  r
mfa_activate_totp                         s  r  r  r  r  r  r  r  r  r  r  r   r  r
mfa_deactivate_totp                       s  r  n  n  n  n  n  n  n  n  n  n   n  n
mfa_view_recovery_codes                   s  r  n  n  n  n  n  n  n  n  n  n   n  n
mfa_generate_recovery_codes               s  r  r  r  r  r  r  r  r  r  r  r   r  r
mfa_download_recovery_codes               s  r  n  n  n  n  n  n  n  n  n  n   n  n
mfa_list_webauthn                         s  r  r  r  r  r  r  r  r  r  r  r   r  r
mfa_add_webauthn                          s  r  r  r  r  r  r  r  r  r  r  r   r  r
mfa_reauthenticate_webauthn               s  r  r  r  r  r  r  r  r  r  r  r   r  r
mfa_login_webauthn                        s  r  r  r  r  r  r  r  r  r  r  r   r  r
mfa_edit_webauthn                         s  -  -  -  -  -  -  -  -  -  -  -   -  -
mfa_remove_webauthn                       s  -  -  -  -  -  -  -  -  -  -  -   -  -
accounts:choose_municipality              s  r  r  r  r  r  r  r  r  r  r  r   r  r
home                                      s  r  r  r  r  r  r  r  r  r  r  r   r  r
ui:save_draft                             s  p  p  p  p  p  p  p  p  p  p  p   p  p
ui:discard_draft                          s  q  q  q  q  q  q  q  q  q  q  q   q  q
ui:set_theme                              q  q  q  q  q  q  q  q  q  q  q  q   q  q
ui:set_language                           q  q  q  q  q  q  q  q  q  q  q  q   q  q
ui:gallery                                s  r  r  r  r  r  r  r  r  r  r  r   r  r

# Accounts and roles
accounts:accounts                         s  -  -  -  -  -  -  -  -  -  r  r   -  -
accounts:new_account                      s  -  -  -  -  -  -  -  -  -  w  w   -  -
accounts:account                          s  -  -  -  -  -  -  -  -  -  w  -   -  -
accounts:password_link                    s  -  -  -  -  -  -  -  -  -  p  -   -  -
accounts:end_assignment                   s  -  -  -  -  -  -  -  -  -  w  -   -  -

# Reviewing what has been opened
reviews:openings                          s  -  -  -  -  r  r  -  r  -  -  r   -  r
reviews:opening                           s  -  -  -  -  w  -  -  w  -  -  -   -  w
reviews:log_reviews                       s  -  -  -  -  -  -  -  r  -  -  r   -  -
reviews:draw_sample                       s  -  -  -  -  -  -  -  p  -  -  k   -  -
reviews:log_review                        s  -  -  -  -  -  -  -  w  -  -  -   -  -

# What one has to do
deadlines:worklist                        s  r  r  r  r  r  r  r  r  r  r  r   r  r
deadlines:unit                            s  -  -  -  r  r  r  r  -  -  -  r   -  r
deadlines:unit_list                       s  -  -  -  r  r  r  r  -  -  -  r   -  r

# The law
lawbook:index                             s  r  r  r  r  r  r  r  r  r  r  r   r  r
simulation:simulation                     s  -  -  -  r  r  r  -  -  r  -  r   -  r
replay:overview                           s  r  r  r  r  r  r  r  r  r  r  r   r  r
lawbook:touched_csv                       s  r  r  r  r  r  r  r  r  r  r  r   r  r
lawbook:changes                           s  r  r  r  r  r  r  r  r  r  r  r   r  r
lawbook:rule                              s  r  r  r  r  r  r  r  r  r  r  r   r  r

# Persons
people:list                               s  r  r  r  r  r  r  r  r  r  r  r   r  r
people:search                             s  r  r  r  r  r  r  r  r  r  r  r   r  r
people:find                               s  r  r  r  -  r  r  r  -  -  -  r   r  r
people:register                           s  w  w  w  -  w  w  w  -  -  -  w   w  w
people:person                             s  r  r  -  r  r  -  r  -  -  -  -   r  -
people:edit                               s  w  w  -  -  w  -  w  -  -  -  -   w  -
people:readers                            s  w  w  -  -  w  -  w  -  -  -  -   w  w
people:end_reader                         s  w  w  -  -  w  -  w  -  -  -  -   w  w
people:break_glass                        s  w  w  w  w  w  w  w  -  -  -  -   w  -
people:accesses                           s  r  r  -  r  r  -  r  r  -  -  -   r  -
representatives:add                       s  w  w  -  -  w  -  w  -  -  -  -   w  -
representatives:edit                      s  w  w  -  -  w  -  w  -  -  -  -   w  -
representatives:end                       s  w  w  -  -  w  -  w  -  -  -  -   w  -
representatives:add_consent               s  w  w  -  -  w  -  w  -  -  -  -   w  -
representatives:withdraw_consent          s  w  w  -  -  w  -  w  -  -  -  -   w  -

# Cases
cases:list                                s  r  r  r  r  r  r  r  r  r  r  r   r  r
cases:case                                s  r  r  -  r  r  -  r  -  -  -  -   r  -
cases:journal                             s  w  w  -  v  w  -  w  -  -  -  -   w  -
cases:note                                s  w  k  -  c  k  -  k  -  -  -  -   w  -
cases:lock_note                           s  p  x  -  x  x  -  x  -  -  -  -   p  -
cases:correct_note                        s  w  w  -  c  w  -  w  -  -  -  -   w  -
cases:tasks                               s  w  w  -  v  w  -  w  -  -  -  -   w  -
cases:task                                s  w  w  -  c  w  -  w  -  -  -  -   w  -
cases:finish_task                         s  p  p  -  x  p  -  p  -  -  -  -   p  -
cases:documents                           s  r  r  -  r  r  -  r  -  -  -  -   r  -
cases:document                            s  r  r  -  r  r  -  r  -  -  -  -   r  -
cases:access                              s  r  r  -  r  r  -  r  -  -  -  -   r  -
cases:handling                            s  r  r  -  r  r  -  r  -  -  -  -   r  -
cases:assign_officer                      s  x  x  -  x  p  -  p  -  -  -  -   x  -
cases:change_unit                         s  x  x  -  x  p  -  p  -  -  -  -   x  -
cases:add_coworker                        s  p  x  -  x  p  -  p  -  -  -  -   p  -
cases:end_coworker                        s  p  p  -  x  p  -  p  -  -  -  -   p  -
cases:close@bare                          s  p  p  -  x  p  -  p  -  -  -  -   p  -

# The application
applications:register                     s  r  r  r  -  r  r  r  -  -  -  r   r  r
applications:register?person              s  w  w  w  -  w  w  w  -  -  -  -   w  -
applications:application                  s  r  r  -  r  r  -  r  -  -  -  -   r  -
applications:edit                         s  w  w  -  k  w  -  w  -  -  -  -   w  -
applications:check_authority              s  p  p  -  x  p  -  p  -  -  -  -   p  -
applications:first_contact                s  p  p  -  x  p  -  p  -  -  -  -   p  -
applications:request_supplement           s  p  p  -  x  p  -  p  -  -  -  -   p  -
applications:receive_supplement           s  p  p  -  x  p  -  p  -  -  -  -   p  -

# The investigation
investigations:personkrets                s  w  w  -  v  v  -  v  -  -  -  -   w  -
investigations:add_evidence               s  p  p  -  x  x  -  x  -  -  -  -   p  -
investigations:remove_evidence            s  p  p  -  x  x  -  x  -  -  -  -   p  -
investigations:investigation              s  r  r  -  r  r  -  r  -  -  -  -   r  -
investigations:assessment                 s  w  w  -  v  v  -  v  -  -  -  -   w  -
investigations:child_view                 s  w  w  -  v  v  -  v  -  -  -  -   w  -
investigations:life_area                  s  w  w  -  v  v  -  v  -  -  -  -   w  -
needs:sheet                               s  w  w  -  v  v  -  v  -  -  -  -   w  -
needs:count                               s  q  q  -  q  q  -  q  -  -  -  -   q  -
needs:explanation                         s  r  r  -  r  r  -  r  -  -  -  -   r  -
needs:pasted                              s  q  q  -  q  q  -  q  -  -  -  -   q  -

# Communication
communication:communication               s  r  r  -  r  r  -  r  -  -  -  -   r  -
communication:send                        s  p  p  -  x  p  -  p  -  -  -  -   p  -
communication:waive                       s  p  p  -  x  p  -  p  -  -  -  -   p  -
communication:oral                        s  p  p  -  x  p  -  p  -  -  -  -   p  -
communication:answer@asked                s  p  p  -  x  p  -  p  -  -  -  -   p  -
communication:extend@asked                s  p  p  -  x  p  -  p  -  -  -  -   p  -

# The decision
decisions:proposal                        s  w  w  -  v  v  -  v  -  -  -  -   w  -
decisions:checklist                       s  w  w  -  k  k  -  k  -  -  -  -   w  -
decisions:propose                         s  w  w  -  k  k  -  k  -  -  -  -   w  -
decisions:withdraw@waiting                s  w  w  -  v  v  -  v  -  -  -  -   w  -
decisions:decision@waiting                s  r  r  -  r  r  -  r  -  -  -  -   r  -
decisions:sign@waiting                    s  k  k  -  w  k  -  k  -  -  -  -   k  -
decisions:return@waiting                  s  v  v  -  w  v  -  v  -  -  -  -   v  -
decisions:explanation                     s  r  r  -  r  r  -  r  -  -  -  -   r  -
decisions:explanation@decided             s  r  r  -  r  r  -  r  -  -  -  -   r  -
decisions:why_not                         s  r  r  -  r  r  -  r  -  -  -  -   r  -
decisions:two_laws                        s  r  r  -  r  r  -  r  -  -  -  -   r  -
decisions:service@decided                 s  r  r  -  r  r  -  r  -  -  -  -   r  -
decisions:record_service@decided          s  p  p  -  x  p  -  p  -  -  -  -   p  -
decisions:record_appeal@decided           s  p  p  -  x  p  -  p  -  -  -  -   p  -
decisions:letter@decided                  s  r  r  -  r  r  -  r  -  -  -  -   r  -
"""


@dataclass(frozen=True)
class Row:
    """An address, the thread it is tried on, and how each viewer is met."""

    name: str
    asks: str
    state: str
    cells: dict[str, str]

    def __str__(self) -> str:
        return f"{self.name}{'?' + self.asks if self.asks else ''}"

    @property
    def only_post(self) -> bool:
        """There is nothing to read for anyone."""
        return bool({"p", "q", "x"} & set(self.cells.values()))


def rows() -> list[Row]:
    """The rows of the table."""
    found = []
    for line in TABLE.splitlines():
        place, *cells = line.split("#")[0].split() or [""]
        if not place or place == "an":
            continue
        if len(cells) != len(VIEWERS):
            raise ValueError(f"{place} has {len(cells)} cells for {len(VIEWERS)} viewers")
        address, _, state = place.partition("@")
        name, _, asks = address.partition("?")
        found.append(Row(name, asks, state or "working", dict(zip(VIEWERS, cells, strict=True))))
    return found
