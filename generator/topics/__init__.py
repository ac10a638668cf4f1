"""Topics: their rules, what the rules give a paper and why, and how good that is."""
