"""Writes small days of our own in the format of the MDRP instances."""

from __future__ import annotations

from pathlib import Path
from random import Random

HEADERS = {
    "restaurants.txt": "restaurant\tx\ty",
    "couriers.txt": "courier\tx\ty\ton_time\toff_time",
    "orders.txt": "order\tx\ty\tplacement_time\trestaurant\tready_time",
    "instance_parameters.txt": "meters_per_minute\tpickup service minutes\tdropoff service minutes\t"
    "target click-to-door\tmaximum click-to-door\tpay per order\tguaranteed pay per hour",
}
PARAMETERS = "320\t4\t4\t40\t90\t10\t15"


def write_day(
    folder: Path, *, restaurants: list[str], couriers: list[str], orders: list[str], parameters: str = PARAMETERS
) -> Path:
    """The instance with these lines, in a new folder; values are written with blanks between, and get their tabs."""
    folder.mkdir(parents=True)
    tables = {"restaurants.txt": restaurants, "couriers.txt": couriers, "orders.txt": orders}
    for name, lines in tables.items():
        text = "\n".join([HEADERS[name], *("\t".join(line.split()) for line in lines)])
        (folder / name).write_text(text + "\n")
    # the published files end with an empty line here
    (folder / "instance_parameters.txt").write_text(f"{HEADERS['instance_parameters.txt']}\n{parameters}\n\n")
    return folder


def invent_day(folder: Path, *, orders: int, couriers: int, minutes: int, seed: int = 1) -> Path:
    """A day of random places within 3 km, orders spread over its first two thirds."""
    dice = Random(seed)

    def place() -> str:
        return f"{dice.randint(0, 3000)} {dice.randint(0, 3000)}"

    placed = sorted(dice.randint(0, minutes * 2 // 3) for _ in range(orders))
    return write_day(
        folder,
        restaurants=[f"r{n} {place()}" for n in range(1, 6)],
        couriers=[f"c{n} {place()} {dice.randint(0, 5)} {minutes}" for n in range(1, couriers + 1)],
        orders=[
            f"o{n} {place()} {minute} r{dice.randint(1, 5)} {minute + dice.randint(2, 12)}"
            for n, minute in enumerate(placed, 1)
        ],
    )
