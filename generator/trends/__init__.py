"""What becomes of topics and words over editions: counted, compared, and drawn as pictures."""
