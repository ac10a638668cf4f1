"""A digest as Git had it, and what has changed since."""
