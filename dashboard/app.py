"""The program's table of contents: what one web process is made of, and who is handed what."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from dash import Dash
from flask import Flask
from flask_socketio import SocketIO
from uuid_utils import uuid7

from callbacks import Given
from callbacks.session import language, wants_suggestions
from dashboard.access import digest, identify_by, new_secret, person
from dashboard.accounts import BookedAccounts, scheme_of
from dashboard.alarms import Alarms
from dashboard.amending import Amending
from dashboard.api.alarm_counts import AlarmCounts
from dashboard.api.calls import Desk
from dashboard.api.coopcycle_door import register_coopcycle
from dashboard.api.health import database_problem, new_registry, register_health
from dashboard.api.ingest import UNKNOWN_PHONES, ingest
from dashboard.api.past import register_past
from dashboard.api.problems import SAY
from dashboard.api.routes import register_api
from dashboard.api.trails import register_trails
from dashboard.api.ways import register_ways
from dashboard.arriving import Arriving
from dashboard.assembly import Assembly
from dashboard.beside import one_at_a_time
from dashboard.browser_code import find_browser_code, serve_browser_code
from dashboard.cards import register_cards
from dashboard.cities import Cities
from dashboard.coopcycle import going
from dashboard.decisions import Decisions
from dashboard.desk_acts import DeskActs
from dashboard.dispatch import Dispatch
from dashboard.domain.coop_settings import SUBJECT as SETTINGS
from dashboard.domain.people import Limits
from dashboard.domain.spans import local_date
from dashboard.domain.suggesting import Terms
from dashboard.domain.suggesting import terms as terms_in_force
from dashboard.domain.together import further_doors
from dashboard.drafting import Drafting
from dashboard.exports.calendars import LARGEST, Planned
from dashboard.exports.doors import register_exports
from dashboard.exports.out import register_out
from dashboard.freed import Freed
from dashboard.guests import first_names
from dashboard.handover import Handovers
from dashboard.history import PATIENCE, History
from dashboard.history_cache import HistoryCache
from dashboard.http import new_flask
from dashboard.imports.taking_in import Imports
from dashboard.incidents import Incidents, Photo
from dashboard.kitchens import Kitchens
from dashboard.ledger import Ledger
from dashboard.limits import new_limiter
from dashboard.looks import Looks
from dashboard.order_doors import OrderDoors, register_order_doors
from dashboard.outgoing import get
from dashboard.pages import create_pages
from dashboard.past import Past
from dashboard.past_orders import PastOrders
from dashboard.past_orders_doors import register_past_orders
from dashboard.people import People
from dashboard.people_account import register_account
from dashboard.people_admin import register_people_admin
from dashboard.people_changes import Changes
from dashboard.people_doors import register_people_doors
from dashboard.people_factor import Sealer
from dashboard.people_hall import Hall
from dashboard.people_mail import post_of
from dashboard.people_sessions import Sessions
from dashboard.people_single import register_single
from dashboard.phones import Phones
from dashboard.planner import Around, Planner
from dashboard.plans import Plans
from dashboard.promises import promise
from dashboard.repeating import Repeating
from dashboard.retention import Point
from dashboard.settings import Settings
from dashboard.signin import register_signin
from dashboard.stop_doors import register_stops
from dashboard.stop_lists import StopLists
from dashboard.store import SqlStore, open_store
from dashboard.suggestions import Suggestions
from dashboard.timeline import Timeline
from dashboard.token_uses import NotedTokens
from dashboard.trials import Trials
from dashboard.tries import Tries
from dashboard.undoing import Undoing
from dashboard.usual_times import UsualTimes
from dashboard.ways import Ways
from dashboard.ways_ahead import Ahead
from dashboard.weather import Weather
from dashboard.webhooks import Webhooks
from layouts.states import refusal_text
from layouts.words import Words
from live import sockets
from live.announcer import RedisAnnouncer, RightsAnnouncer
from live.bus import open_redis
from live.coop import moment
from live.coopcycle.door import Door as HookDoor
from live.counters import Counters
from live.drafts import RedisDrafts
from live.feed import Feed
from live.phones.counts import PhoneCounts
from live.phones.door import Door
from live.phones.publishing import Publisher
from live.routes import CityRouter
from live.routing import EVERY, RoutingSigns
from live.screens import Screens


@dataclass(frozen=True, slots=True)
class Application:
    """The parts of one web process that somebody outside has to do with."""

    flask: Flask
    socketio: SocketIO
    pages: Dash
    store: SqlStore
    dispatch: Dispatch
    feed: Feed
    screens: Screens
    accounts: BookedAccounts
    decisions: Decisions
    assembly: Assembly
    looks: Looks
    planner: Planner

    def start(self) -> None:
        """Begin to listen to Redis and to send to the screens; returns at once."""
        self.feed.start()
        self.screens.start()

    def drain(self) -> None:
        """Send the screens away to another process: this one is about to end."""
        self.screens.drain()

    def stop(self) -> None:
        """Let go of everything."""
        self.screens.stop()
        self.feed.stop()
        self.store.close()


def now() -> datetime:
    """The real clock."""
    return datetime.now(UTC)


def create_app(
    settings: Settings, *, is_demo: bool = False, async_mode: str = "gevent", clock: Callable[[], datetime] = now,
    pace: float = 1.0,
) -> Application:  # fmt: skip
    """One web process, not yet started.

    ``is_demo`` opens the desk to everybody who can reach it, as a dispatcher of the demo. ``async_mode`` is
    Flask-SocketIO's. ``pace``: how many times as fast as life its city lives. ``clock`` says when something was done;
    positions and silences go by the real clock.
    """
    # What happened.
    store = open_store(settings.database)
    counters = Counters()

    # Where it happens.
    cities = Cities(store, settings.home, settings.city, settings.map_style)
    router = CityRouter(cities.of, settings.valhalla_url, now)
    ways = Ways(router, pace=pace)

    # What is happening: Redis → feed (boards, positions) → screens (frames) → /live.
    feed = Feed(store, settings.redis_url, time.time, counters=counters)
    screens = Screens(feed, store, settings.redis_url, time.time, fallback=router.fallback)
    signs = RoutingSigns(router, open_redis(settings.redis_url), feed.fleets, now)
    screens.also(signs.look, every=EVERY)

    def where(coop: str, courier: str) -> tuple[float, float] | None:
        fix = feed.newest(coop, courier)
        return None if fix is None else (fix.lon, fix.lat)

    def seen(coop: str, courier: str) -> tuple[float, float, datetime] | None:
        fix = feed.newest(coop, courier)
        return None if fix is None else (fix.lon, fix.lat, moment(fix.t))

    # What is earned and worked: the running day hears every entry, everything else is read from the journal when asked.
    def zone(coop: str) -> ZoneInfo:
        return ZoneInfo(cities.shown(coop).time_zone)

    ledger = Ledger(store, zone, lambda coop: scheme_of(store, coop), store.shifts)
    feed.listeners.entry.append(ledger.hear)
    feed.listeners.reload.append(ledger.forget)
    history = History(store, cache=HistoryCache(settings.histories), patience=PATIENCE)
    usual_times = UsualTimes(history, clock, one_at_a_time(), pace)
    accounts = BookedAccounts(
        store,
        ledger,
        history,
        zone,
        lambda coop, order, along: further_doors(order, along, partial(ways.leg, coop), usual_times.of(coop)),
    )

    # The only way to change anything.
    dispatch = Dispatch(
        store, RedisAnnouncer(settings.redis_url, counters), lambda: str(uuid7()), accounts.limits, person
    )
    acts = DeskActs(store, dispatch, zone, lambda: str(uuid7()), guard=accounts.limits)
    repeating = Repeating(store, dispatch, zone, lambda: str(uuid7()))
    undoing = Undoing(store, dispatch, lambda: str(uuid7()), guard=accounts.limits)
    beside = one_at_a_time()
    decisions = Decisions(store, dispatch, accounts, lambda: str(uuid7()), beside)
    assembly = Assembly(store, dispatch, accounts, lambda: str(uuid7()))
    trials = Trials(accounts, beside)
    looks = Looks(store, clock)
    weather = Weather(store, dispatch)
    alarms = Alarms(store, dispatch, clock, zone)

    # Who arrives when: by road, with what the history teaches of counters, doors and kitchens.
    arriving = Arriving(feed.board, seen, ways, usual_times.of)
    feed.listeners.entry.append(arriving.hear)
    screens.also(usual_times.renew, 20)
    screens.tell_arrivals(lambda coop: arriving.to_wire(coop, clock()))

    # Who next.
    def terms(coop: str, at: datetime) -> Terms:
        return terms_in_force(store.about(coop, SETTINGS), local_date(at, zone(coop)))

    plans = Plans(
        store.plans(Planned), store, store.shifts, zone,
        lambda url: get(url, LARGEST, is_open=settings.webhook_targets == "any"), new_secret, digest, settings.address,
        settings.webhook_targets == "any",
    )  # fmt: skip
    suggestions = Suggestions(feed.board, where, ways, accounts, usual_times.of, terms, plans.running)
    freed = Freed(feed.board, where, ways, usual_times.of, terms)
    ahead = Ahead(ways, feed.board, where, feed.fleets, lambda coop: bool(screens.people(coop)))
    screens.also(ahead.step, every=1.0)
    kitchens = Kitchens(feed.board, arriving, screens.people, feed.stale_since)

    # Ways in. Each asks dashboard/access.py: people, programs, phones, screens.
    tokens = NotedTokens(store, clock)
    rights = RightsAnnouncer(settings.redis_url)
    sessions = Sessions(
        store, rights, rights.gone, clock, Sealer(settings.secret_key),
        Limits(timedelta(hours=settings.session_idle), timedelta(days=settings.session_days)),
    )  # fmt: skip
    identify = identify_by(
        tokens, sessions, demo_name=first_names() if is_demo else None,
        admin_factor=settings.admin_factor == "required" and not is_demo,
    )  # fmt: skip
    flask = new_flask(
        settings.secret_key, identify, lasts=sessions.limits.absolute, is_behind_tls=settings.is_behind_tls
    )
    flask.extensions["sessions"] = sessions
    register_signin(flask, time.monotonic, settings.redis_url)
    is_open = settings.webhook_targets == "any"
    webhooks = Webhooks(store.webhooks, store, lambda: str(uuid7()), is_open)
    around = Around(
        accounts.limits, plans.running, accounts.forecasts, usual_times.of, lambda coop, at: terms(coop, at).most_g
    )
    planner = Planner(
        feed.board, where, ways, around, router, dispatch, RedisDrafts(settings.redis_url), lambda: str(uuid7())
    )  # fmt: skip
    handovers = Handovers(
        store, dispatch, feed.board, weather.rains_since, plans.running, repeating.missed, lambda: str(uuid7())
    )  # fmt: skip
    incidents = Incidents(store, dispatch, store.photos(Photo), lambda: str(uuid7()))
    calls = Desk(
        store, dispatch, accounts, assembly, trials, decisions, looks, kitchens, webhooks, suggestions,
        store.coopcycle, plans, tokens.lines, weather,
        alarms, feed.board, feed.unwatched_since, planner, cities.gazetteer, arriving, handovers,
        Amending(dispatch),
        acts, undoing, repeating,
        incidents,
    )  # fmt: skip
    flask.extensions[SAY] = lambda refusal: refusal_text(refusal, Words(language(settings.lang)), {})
    register_api(flask, calls, clock)
    people = People(store, rights)
    changes = Changes(people, dispatch, assembly.has_open_vote)
    hall = Hall(
        people, changes, sessions, store, post_of(settings, is_demo=is_demo), settings.address, cities.shown,
        clock, new_limiter(flask, settings.redis_url), settings.lang, is_demo,
        settings.oidc_name if settings.oidc_issuer else "",
    )  # fmt: skip
    register_people_doors(flask, hall)
    register_account(flask, hall)
    register_people_admin(flask, hall)
    register_single(flask, hall, settings)
    register_out(
        flask, store, feed.board, seen, router, plans, store.orders_placed, zone, clock, looks, store.traces(Point)
    )
    register_past(flask, Past(store, store, store.traces(Point), looks, zone, clock))
    register_ways(flask, feed.board, where, router, looks)
    register_trails(flask, feed.board, store.traces(Point), clock, looks)
    phones = PhoneCounts()
    handsets = Phones(
        store, feed.board, feed.newest, lambda coop, courier: feed.fleet(coop).every(courier), lambda: str(uuid7()),
        new_secret, digest, settings.address,
    )  # fmt: skip
    door = Door(store, feed, Publisher(open_redis(settings.redis_url)), clock, phones, alarms.called_by)
    unknown = Tries("ingest", settings.redis_url, time.monotonic, tries=UNKNOWN_PHONES)
    flask.register_blueprint(ingest(tokens, door, clock, unknown))
    register_coopcycle(flask, HookDoor(settings.coopcycle_coop, settings.webhook_secrets, store.coopcycle, clock))
    socketio = SocketIO(flask, async_mode=async_mode, **sockets.OPTIONS)
    sockets.register(socketio, flask, screens, identify, settings.redis_url)

    # What people see, and take away.
    code = find_browser_code()
    flask.register_blueprint(serve_browser_code(code, cities.of))
    given = Given(
        dispatch=dispatch, acts=acts, undoing=undoing, accounts=accounts, assembly=assembly, trials=trials,
        decisions=decisions, suggestions=suggestions, looks=looks, weather=weather, alarms=alarms, planner=planner,
        handovers=handovers, repeating=repeating, incidents=incidents,
        orders=store.orders_by_id, board=feed.board, where=where,
        tokens=tokens.lines,
        phones=handsets, webhooks=webhooks, plans=plans,
        imports=Imports(store, dispatch, cities.gazetteer, zone),
        coop=store.coop, city=cities.shown, bundles=code.urls, now=clock, language=settings.lang,
            coopcycle=partial(going, store.coopcycle),
    )  # fmt: skip
    register_cards(flask, suggestions, freed, feed.board, given.words, clock, looks, wants_suggestions)
    stops = StopLists(feed.board, arriving, plans.everybodys, lambda coop, at: terms(coop, at).most_g)
    register_stops(flask, stops, Timeline(ledger.now, store.shifts, plans.everybodys, store.orders_by_id), clock, looks)
    drafting = Drafting(feed.board, where, ways, usual_times.of)
    register_order_doors(flask, OrderDoors(calls, drafting, given.words, cities.shown, clock))
    past_orders = PastOrders(store, lambda coop, courier: given.names(coop).get(courier, ""))
    register_past_orders(flask, past_orders, clock)
    pages = create_pages(flask, given)
    register_exports(
        flask, accounts, assembly, store, clock, given.words, lambda coop: cities.shown(coop).places, looks,
        store.traces(Point),
    )  # fmt: skip
    promise(flask, pages.csp_hashes())

    # What operators see.
    counters.gauges["routes_problem"] = (
        "1 while routes are estimated, or made by the city pack because the Valhalla server is away",
        lambda: float(signs.problem() is not None),
    )
    alarm_counts = AlarmCounts(feed.fleets, feed.board, feed.unwatched_since)
    feed.listeners.entry.append(alarm_counts.hear)
    registry = new_registry(counters, phones, alarm_counts)
    register_health(
        flask, {"database": lambda: database_problem(store), "redis": feed.problem}, registry,
        notes={"routes": signs.problem},
    )  # fmt: skip

    return Application(
        flask, socketio, pages, store, dispatch, feed, screens, accounts, decisions, assembly, looks, planner
    )
