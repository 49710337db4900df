"""Facts -> numbers: rates with their uncertainty, and comparison between peers."""
