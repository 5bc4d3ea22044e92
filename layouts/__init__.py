"""What a page looks like: plain functions of values."""
