"""The boundary between strangers' text and markup."""
