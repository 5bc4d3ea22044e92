"""A CoopCycle that a co-op keeps, with this desk on top: read, followed, and written back to, never overwritten."""
