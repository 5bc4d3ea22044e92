"""Our numbers beside those of other people's libraries, which the extra ``reference`` brings (heavy: numba, scipy)."""
