"""Beginning a digest, and bringing what the generator gave it up to date."""
