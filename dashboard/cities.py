"""Which city a co-op rides in: its pack is opened when first asked for, and built if that is the first time ever."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

import tzfpy

from dashboard.browser_code import basemap_tiles, basemap_url
from dashboard.ports import Store
from layouts.view import City
from live.city.build import default_pack, open_city
from live.city.gazetteer import Gazetteer
from live.city.pack import CityPack, invented_pack
from live.replay import origin


class Cities:
    """The city packs under ``home``; ``default`` is the city of a co-op that names none, ``tiles_url`` what is drawn
    instead of their base maps, empty for none."""

    def __init__(self, store: Store, home: Path, default: str, tiles_url: str = "") -> None:
        self._store = store
        self._home = home
        self._default = default
        self._tiles_url = tiles_url
        self._packs: dict[str, CityPack] = {}
        self._shown: dict[tuple[str, str], City] = {}
        self._gazetteers: dict[Path, Gazetteer] = {}
        self._lock = Lock()

    def of(self, coop: str) -> CityPack:
        """The co-op's city. CityError when there is no such pack and none can be built."""
        known = self._store.coop(coop)
        return self.named(known.city if known and known.city else self._default)

    def named(self, name: str) -> CityPack:
        """The city of that name."""
        with self._lock:
            if name not in self._packs:
                self._packs[name] = _open(self._home, name)
            return self._packs[name]

    def shown(self, coop: str) -> City:
        """The co-op's city as the pages show it."""
        pack = self.of(coop)
        known = coop, pack.name
        if known not in self._shown:  # asked for at every entry, for its time zone
            self._shown[known] = self._city(coop, pack)
        return self._shown[known]

    def time_zone(self, coop: str) -> str:
        """The one that clocks on the walls of the co-op's city go by."""
        return _time_zone(self.of(coop))

    def gazetteer(self, coop: str) -> Gazetteer | None:
        """Finds the streets, house numbers and places of the co-op's city; None where it is invented."""
        file = self.of(coop).gazetteer
        with self._lock:
            if file and file not in self._gazetteers:
                self._gazetteers[file] = Gazetteer(file)
            return self._gazetteers.get(file) if file else None

    def _city(self, coop: str, pack: CityPack) -> City:
        outline = pack.outline()
        return City(
            name=pack.name.title(), bounds=pack.bounds, time_zone=_time_zone(pack),
            attribution=pack.attribution, tiles_url="" if pack.invented else self._tiles_url,
            basemap_url=None if self._tiles_url else basemap_url(coop, pack),
            basemap_tiles="" if self._tiles_url else basemap_tiles(coop, pack), invented=pack.invented,
            places={one.id: (one.name, one.lat, one.lon) for one in pack.restaurants},
            streets=outline.streets, water=outline.water,
        )  # fmt: skip


def _time_zone(pack: CityPack) -> str:
    """The one that clocks on the city's walls go by; an invented place keeps UTC."""
    west, south, east, north = pack.bounds
    return "UTC" if pack.invented else tzfpy.get_tz((west + east) / 2, (south + north) / 2) or "UTC"


def _open(home: Path, name: str) -> CityPack:
    match name:
        case "helsinki":
            return default_pack(home)
        case origin.CITY:
            return invented_pack(name, origin.bounds())
        case _:
            return open_city(home, name)
