"""How long things take, and how that grows with the work. Run by hand; no test asks for a time."""
