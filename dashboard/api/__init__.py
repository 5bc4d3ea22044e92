"""The HTTP calls: ``/api/v1``, the checks and measures that operators read, and the phones' door."""
