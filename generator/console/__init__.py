"""What commands share: their options and files, and what they tell."""
