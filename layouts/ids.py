"""The id of every component, in kebab-case: the page, the callbacks and the browser code share these names."""

from __future__ import annotations

ADDRESS = "page-address"
PAGE = "page"

DESK = "desk"
DESK_CONFIG = "desk-config"
DESK_INTENT = "desk-intent"
DESK_SELECTION = "desk-selection"
DESK_MAP = "desk-map"
DESK_ORDERS = "desk-orders"
DESK_ORDERS_COUNT = "desk-orders-count"
DESK_COURIERS = "desk-couriers"
DESK_COURIERS_COUNT = "desk-couriers-count"
DESK_CONNECTION = "desk-connection"
DESK_STALE_BANNER = "desk-stale-banner"
DESK_CLOCK = "desk-clock"
DESK_PRESENCE = "desk-presence"
DESK_RESULT = "desk-result"
DESK_FIT = "desk-fit"
DESK_FOLLOW = "desk-follow"

PANEL = "desk-pay"
PANEL_OPEN = "desk-pay-open"
PANEL_CONTENT = "desk-pay-content"
PANEL_SEQ = "desk-pay-seq"
PANEL_BEAT = "desk-pay-beat"

MENU = "desk-menu"
MENU_ORDER = "desk-menu-order"
MENU_FIND = "desk-menu-find"
MENU_COURIERS = "desk-menu-couriers"
HELP = "desk-help"
HELP_OPEN = "desk-help-open"

LOGIN_TOKEN = "login-token"  # noqa: S105  a component's name, not a secret
LOGIN_ENTER = "login-enter"
LOGIN_ERROR = "login-error"
SIGN_OUT = "sign-out"


def menu_courier(courier: str) -> dict[str, str]:
    """The button of the assign dialog that gives the order to ``courier``."""
    return {"type": "menu-courier", "courier": courier}


def menu_step(step: str) -> dict[str, str]:
    """The button of the assign dialog for ``step``: ``unassign`` or a key of MOVES."""
    return {"type": "menu-step", "step": step}
