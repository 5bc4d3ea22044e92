"""The demo city: customers, kitchens, couriers and a colleague at the desk, all of them made up and repeatable.

The town (``town.py``) is told the time and the board, and answers with what its people do: no clock, no database, no
network. ``run.py`` does it, through the doors that everybody else uses.
"""
