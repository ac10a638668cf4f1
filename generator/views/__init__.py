"""From content to the views that templates see."""
