"""City packs: a city's base map, places to eat, doors and bicycle routes, made once from an OpenStreetMap extract."""
