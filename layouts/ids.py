"""The id of every component, in kebab-case: the page, the callbacks and the browser code share these names."""

from __future__ import annotations

ADDRESS = "page-address"
PAGE = "page"

DESK = "desk"
DESK_CONFIG = "desk-config"
DESK_INTENT = "desk-intent"
DESK_SELECTION = "desk-selection"
DESK_NEXT = "desk-next"
DESK_CARD = "desk-card"
DESK_FREED = "desk-freed"
DESK_MAP = "desk-map"
DESK_ORDERS = "desk-orders"
DESK_FILTERS = "desk-filters"
DESK_FILTERS_OPEN = "desk-filters-open"
DESK_BULK = "desk-bulk"
DESK_ORDERS_COUNT = "desk-orders-count"
DESK_COURIERS = "desk-couriers"
DESK_COURIERS_COUNT = "desk-couriers-count"
DESK_CONNECTION = "desk-connection"
DESK_STALE_BANNER = "desk-stale-banner"
DESK_ROUTING = "desk-routing"
DESK_WAY = "desk-way"
DESK_COOPCYCLE = "desk-coopcycle"
DESK_COOPCYCLE_BEAT = "desk-coopcycle-beat"
DESK_RAIN = "desk-rain"
DESK_RAIN_BEAT = "desk-rain-beat"
DESK_RAIN_SEQ = "desk-rain-seq"
DESK_ATTENTION = "desk-attention"
DESK_CLOCK = "desk-clock"
DESK_TIMELINE = "desk-timeline"
DESK_PRESENCE = "desk-presence"
DESK_KITCHENS = "desk-kitchens"
DESK_RESULT = "desk-result"
DESK_UNDO = "desk-undo"
DESK_FIT = "desk-fit"
DESK_FOLLOW = "desk-follow"
DESK_GROUPS = "desk-groups"
DESK_TRAILS = "desk-trails"
DESK_LASSO = "desk-lasso"
DESK_MAP_KEYS = "desk-map-keys"
DESK_MAP_SAID = "desk-map-said"
ORDER_FORM = "desk-form"
ORDER_PANEL = "desk-order"
NEW_ORDER = "desk-new-order"
PLAN = "desk-plan"
PLAN_OPEN = "desk-plan-open"
PLAN_STOPS = "desk-plan-stops"
PLAN_CONTENT = "desk-plan-content"
PLAN_ID = "desk-plan-id"
PLAN_WAYS = "desk-plan-ways"
PLAN_COMMIT = "desk-plan-commit"
PLAN_DISCARD = "desk-plan-discard"

RECUR_ORDER = "recur-order"
RECUR_DAYS = "recur-days"
RECUR_WEEKS = "recur-weeks"
RECUR_TIME = "recur-time"
RECUR_FIRST = "recur-first"
RECUR_UNTIL = "recur-until"
RECUR_RULE = "recur-rule"
RECUR_PREVIEW = "recur-preview"
RECUR_SET = "recur-set"

STOPS = "desk-stops"
STOPS_WANTED = "desk-stops-wanted"

HANDOVER_BANNER = "handover-banner"
HANDOVER_SEQ = "handover-seq"
HANDOVER_PRINT = "handover-print"
HANDOVER_NOTE = "handover-note"
HANDOVER_NOTE_WRITE = "handover-note-write"
HANDOVER_WORD = "handover-word"
HANDOVER_TO = "handover-to"
HANDOVER_GIVE = "handover-give"
REPLAY_CONFIG = "replay-config"
REPLAY_TIME = "replay-time"
REPLAY_DATE = "replay-date"
REPLAY_POSITIONS = "replay-positions"
REPLAY_MOMENTS = "replay-moments"
REPLAY_PLAY = "replay-play"
REPLAY_STRIP = "replay-strip"
REPLAY_SLIDER = "replay-slider"
"""Made by the browser code within REPLAY_SLIDER_HOST: Dash would set its value, and it is the hand's."""
REPLAY_SLIDER_HOST = "replay-slider-host"
REPLAY_SPEEDS = "replay-speeds"
REPLAY_JUMP = "replay-jump"
REPLAY_JUMP_HOST = "replay-jump-host"
REPLAY_GO = "replay-jump-go"
REPLAY_SAID = "replay-said"

PANEL = "desk-pay"
PANEL_OPEN = "desk-pay-open"
PANEL_CONTENT = "desk-pay-content"
PANEL_SEQ = "desk-pay-seq"
PANEL_BEAT = "desk-pay-beat"

MENU = "desk-menu"
MENU_ORDER = "desk-menu-order"
MENU_FIND = "desk-menu-find"
MENU_COURIERS = "desk-menu-couriers"
MENU_SHOWN = "desk-menu-shown"
MENU_REASON = "desk-menu-reason"
MENU_OVERRIDES = "desk-menu-overrides"
CONSENT = "desk-consent"
CONSENT_ABOUT = "desk-consent-about"
CONSENT_LIMITS = "desk-consent-limits"
CONSENT_REASON = "desk-consent-reason"
CONSENT_AGREES = "desk-consent-agrees"
CONSENT_GIVE = "desk-consent-give"
CONSENT_LEAVE = "desk-consent-leave"
WINDOWS = "desk-windows"
WINDOWS_OPEN = "desk-windows-open"
HELP = "desk-help"
HELP_OPEN = "desk-help-open"

OBJECTION_ABOUT = "objection-about"
OBJECTION_TEXT = "objection-text"
OBJECTION_SEND = "objection-send"
OBJECTION_SAID = "objection-said"
REPORT = "report"
REPORT_CONFIG = "report-config"
ANSWER_OBJECTION = "answer-objection"
ANSWER_UPHELD = "answer-upheld"
ANSWER_TEXT = "answer-text"
ANSWER_SEND = "answer-send"
ANSWER_SAID = "answer-said"
ALARM_LIMITS_SAVE = "alarm-limits-save"
KITCHEN = "kitchen"
KITCHEN_CONFIG = "kitchen-config"
KITCHEN_BOARD = "kitchen-board"
KITCHEN_CONNECTION = "kitchen-connection"
KITCHEN_BANNER = "kitchen-banner"
KITCHEN_COUNTER = "kitchen-counter"
KITCHEN_BUSY_BANNER = "kitchen-busy-banner"
KITCHEN_BUSY = "kitchen-busy"
KITCHEN_SOUND = "kitchen-sound"
KITCHEN_SOUND_TEST = "kitchen-sound-test"
KITCHEN_CSV = "kitchen-csv"
KITCHEN_NOTICES = "kitchen-notices"

LOGIN_TOKEN = "login-token"  # noqa: S105  a component's name, not a secret
LOGIN_ENTER = "login-enter"
LOGIN_ERROR = "login-error"
SIGN_OUT = "sign-out"


SAID = "page-said"
WHAT_IF = "what-if"
WHAT_IF_FIRST = "what-if-first"
WHAT_IF_LAST = "what-if-last"
WHAT_IF_ASK = "what-if-ask"
WHAT_IF_QUESTION = "what-if-question"
WHAT_IF_BEAT = "what-if-beat"
WHAT_IF_RESULT = "what-if-result"
WHAT_IF_WEIGH = "what-if-weigh"
PROPOSE = "propose"
PROPOSE_TITLE = "propose-title"
PROPOSE_NOTICE = "propose-notice"
PROPOSE_HALF_LIFE = "propose-half-life"
PROPOSE_QUORUM = "propose-quorum"
PROPOSE_TRACE = "propose-trace"
PROPOSE_FIRST = "propose-first"
PROPOSE_LAST = "propose-last"
PROPOSE_PUT = "propose-put"
RULES = "rules"
RULES_REASON = "rules-reason"
RULES_LOOK = "rules-look"
RULES_PREVIEW = "rules-preview"
RULES_MEANT = "rules-meant"
RULES_CONFIRM = "rules-confirm"
CORRECT_COURIER = "correct-courier"
CORRECT_AMOUNT = "correct-amount"
CORRECT_ABOUT = "correct-about"
CORRECT_REASON = "correct-reason"
CORRECT_LOOK = "correct-look"
CORRECT_PREVIEW = "correct-preview"
CORRECT_MEANT = "correct-meant"
CORRECT_CONFIRM = "correct-confirm"

WEBHOOK = "webhook"
WEBHOOK_URL = "webhook-url"
WEBHOOK_EVENTS = "webhook-events"
WEBHOOK_RESTAURANT = "webhook-restaurant"
WEBHOOK_ADD = "webhook-add"
WEBHOOK_SECRET = "webhook-secret"  # noqa: S105  a component's name, not a secret
WEBHOOK_NEW_URL = "webhook-new-url"
WEBHOOK_NEW_EVENTS = "webhook-new-events"
WEBHOOK_SAVE = "webhook-save"
WEBHOOK_SWITCH = "webhook-switch"
WEBHOOK_RENEW = "webhook-renew"
WEBHOOK_RENEWED = "webhook-renewed"
WEBHOOK_REMOVE = "webhook-remove"

SHIFTS_COURIER = "shifts-courier"
SHIFTS_LIST = "shifts-list"
SHIFT_DAY = "shift-day"
SHIFT_FROM = "shift-from"
SHIFT_TO = "shift-to"
SHIFT_NOTE = "shift-note"
SHIFT_ADD = "shift-add"
CALENDAR_FILE = "calendar-file"
CALENDAR_TAKEN = "calendar-taken"
CALENDAR_TOO_LARGE = "calendar-too-large"
CALENDAR_URL = "calendar-url"
CALENDAR_READ = "calendar-read"
CALENDAR_FOUND = "calendar-found"
CALENDAR_MAKE = "calendar-make"
CALENDAR_ADDRESS = "calendar-address"

IMPORT_FILE = "import-file"
IMPORT_TAKEN = "import-taken"
IMPORT_TOO_LARGE = "import-too-large"
IMPORT_FOUND = "import-found"
IMPORT_CONFIRM = "import-confirm"
IMPORT_GO = "import-go"
IMPORT_BEHIND = "import-behind"
IMPORT_PROGRESS = "import-progress"

PHONE_COURIER = "phone-courier"
PHONE_MAKE = "phone-make"
PHONE_CODES = "phone-codes"


def change_pack(form: str) -> str:
    """The choice of a pack in the form of that name."""
    return f"{form}-pack"


def change_since(form: str) -> str:
    """The day from which it holds."""
    return f"{form}-since"


def change_number(form: str, key: str) -> dict[str, str]:
    """The input of one number of the rules."""
    return {"type": f"{form}-number", "key": key}


def propose_setting(name: str) -> str:
    """The input of what the members set for themselves beside half-life and quorum."""
    return f"propose-{name.replace('_', '-')}"


def what_if_setting(name: str) -> str:
    """The input of another weight on the what-if page."""
    return f"what-if-{name.replace('_', '-')}"


def handover_act(act: str, handover: str) -> dict[str, str]:
    """The button that confirms a handover, or takes one's own back (``withdraw``)."""
    return {"type": "handover-act", "act": act, "handover": handover}


def place_missed(rule: str, day: str) -> dict[str, str]:
    """The button that places the recurring order of a missed day."""
    return {"type": "place-missed", "rule": rule, "day": day}


def skip_day(rule: str, day: str) -> dict[str, str]:
    """The button that leaves one day of a recurring order out."""
    return {"type": "skip-day", "rule": rule, "day": day}


def end_recurring(rule: str) -> dict[str, str]:
    """The button that ends a recurring order."""
    return {"type": "end-recurring", "rule": rule}


def vote(proposal: str, choice: str) -> dict[str, str]:
    """The button of one choice."""
    return {"type": "vote", "proposal": proposal, "choice": choice}


def close_vote(part: str, proposal: str) -> dict[str, str]:
    """The button, the minutes or the later day of a closing."""
    return {"type": f"close-{part}", "proposal": proposal}


def compute_again(proposal: str) -> dict[str, str]:
    """The button that makes a proposal's snapshot again."""
    return {"type": "again", "proposal": proposal}


def plan_line(order: str) -> dict[str, str]:
    """The box of a plan's line: it is carried out as long as it is ticked."""
    return {"type": "plan-line", "order": order}


def menu_courier(courier: str) -> dict[str, str]:
    """The button of the assign dialog that gives the order to ``courier``."""
    return {"type": "menu-courier", "courier": courier}


def menu_step(step: str) -> dict[str, str]:
    """The button of the assign dialog for ``step``: ``unassign`` or a key of MOVES."""
    return {"type": "menu-step", "step": step}


def menu_override(step: str) -> dict[str, str]:
    """A step that the rules do not have."""
    return {"type": "menu-override", "step": step}


def redeliver(delivery: str) -> dict[str, str]:
    """The button that sends one event of a webhook once more."""
    return {"type": "redeliver", "delivery": delivery}


def remove_shift(shift: str) -> dict[str, str]:
    """The button that takes a planned shift away; its id comes from a calendar and may hold any sign: hence in hex."""
    return {"type": "remove-shift", "shift": shift.encode().hex() if isinstance(shift, str) else shift}


def alarm_limit(name: str) -> dict[str, str]:
    """The input of one number at which alarms are raised."""
    return {"type": "alarm-limit", "key": name}
