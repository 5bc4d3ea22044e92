"""Thin glue between a page and a use case: parse, ask access, call one function, return one layout."""
