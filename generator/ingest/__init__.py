"""What listings change in a library, decided and not yet written."""
