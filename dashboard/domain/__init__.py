"""The rules of the trade as plain functions on frozen values: no I/O, no clock, no library but numpy."""
