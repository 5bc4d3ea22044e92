"""Phones as they are: what OwnTracks, Traccar Client and Overland send, read into one kind of value. No I/O."""
