"""Roulement's trade: the rules, the use cases, the record and the ways in. Importing it does nothing."""
