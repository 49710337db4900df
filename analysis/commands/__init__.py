"""What the commands do: one module per command, and what they share."""
