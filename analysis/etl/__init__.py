"""Cells -> facts: which form it is, what each cell says, and what has to be asked."""
