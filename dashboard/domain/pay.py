"""Pay, from the record alone: slips, the running day, what the next order changes.

Rules are data (``rules``); work is stretches of time and jobs (``workload``); money is cents, rates are Decimals.
Tips stand apart everywhere and never count towards a minimum.
"""

from dashboard.domain.pay_account import Account, account
from dashboard.domain.pay_calendar import Calendar
from dashboard.domain.pay_coop import CoopCheck, coop_checks, shared_out
from dashboard.domain.pay_day import PayDay, Standing, account_at, booked, standing, without
from dashboard.domain.pay_effect import Effect, one_order, reassignment_effect
from dashboard.domain.pay_forecast import Outlook, outlook, until_end
from dashboard.domain.pay_lines import Input, Line, cents, lines
from dashboard.domain.pay_offers import OfferCheck, offer_checks
from dashboard.domain.pay_slip import Correction, Slip, corrections, pay_slip
from dashboard.domain.pay_windows import period_168h

__all__ = [
    "Account",
    "Calendar",
    "CoopCheck",
    "Correction",
    "Effect",
    "Input",
    "Line",
    "OfferCheck",
    "Outlook",
    "PayDay",
    "Slip",
    "Standing",
    "account",
    "account_at",
    "booked",
    "cents",
    "coop_checks",
    "corrections",
    "lines",
    "offer_checks",
    "one_order",
    "outlook",
    "pay_slip",
    "period_168h",
    "reassignment_effect",
    "shared_out",
    "standing",
    "until_end",
    "without",
]
