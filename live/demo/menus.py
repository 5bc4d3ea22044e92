"""What a kitchen of each kind cooks: dishes with prices in cents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zlib import crc32

from live.city.pack import Restaurant

Menu = Sequence[tuple[str, int]]

_MENUS: Mapping[str, Menu] = {
    "pizza": (("Margherita", 1190), ("Quattro stagioni", 1390), ("Diavola", 1450), ("Tiramisù", 650)),
    "sushi": (("Salmon nigiri, 8 pieces", 1490), ("Maki, 12 pieces", 1350), ("Poke bowl", 1390), ("Miso soup", 390)),
    "burger": (("Cheeseburger", 1290), ("Veggie burger", 1250), ("Chips", 450), ("Milkshake", 590)),
    "thai": (("Pad thai", 1390), ("Green curry", 1450), ("Tom kha", 990), ("Spring rolls", 690)),
    "indian": (("Butter chicken", 1490), ("Palak paneer", 1390), ("Garlic naan", 390), ("Mango lassi", 490)),
    "chinese": (("Dumplings, 10 pieces", 1190), ("Kung pao chicken", 1350), ("Mapo tofu", 1290), ("Fried rice", 890)),
    "kebab": (("Kebab with rice", 1190), ("Falafel plate", 1090), ("Dürüm", 990), ("Ayran", 250)),
    "nordic": (("Salmon soup", 1390), ("Reindeer stew", 1890), ("Herring and potatoes", 1290), ("Blueberry pie", 690)),
    "french": (("Croque-monsieur", 1190), ("Steak frites", 1990), ("Quiche and salad", 1250), ("Crème brûlée", 750)),
    "cafe": (("Cinnamon bun", 390), ("Salmon sandwich", 790), ("Soup of the day", 990), ("Filter coffee", 320)),
    "bar": (("Chicken wings", 1190), ("Nachos", 1090), ("Club sandwich", 1390), ("Bowl of olives", 490)),
    "house": (
        ("Dish of the day", 1390),
        ("Vegetarian dish of the day", 1290),
        ("Caesar salad", 1250),
        ("Dessert", 690),
    ),
}
_COOKED_AS = {
    "asian": "thai", "vietnamese": "thai", "japanese": "sushi", "italian": "pizza", "american": "burger",
    "turkish": "kebab", "nepalese": "indian", "scandinavian": "nordic", "finnish": "nordic", "regional": "nordic",
    "coffee_shop": "cafe", "ice_cream": "cafe", "sandwich": "cafe", "tapas": "bar", "crepe": "french",
}  # fmt: skip
_SAID_BY_NAME = {
    "pizza": "pizza", "sushi": "sushi", "ramen": "sushi", "burger": "burger", "grill": "burger", "thai": "thai",
    "wok": "thai", "china": "chinese", "india": "indian", "nepal": "indian", "kebab": "kebab", "bistro": "french",
}  # fmt: skip
_ANY = ("nordic", "french", "house", "pizza", "thai", "burger")


def menu_of(restaurant: Restaurant) -> Menu:
    """By cuisine, else by what its name says, else by what kind of place it is, else any that stays the same."""
    name = restaurant.name.lower()
    cuisine = _COOKED_AS.get(restaurant.cuisine, restaurant.cuisine)
    said = next((cuisine for word, cuisine in _SAID_BY_NAME.items() if word in name), "")
    guess = _ANY[crc32(restaurant.id.encode()) % len(_ANY)]
    return next(_MENUS[one] for one in (cuisine, said, restaurant.kind, guess) if one in _MENUS)
