"""Bytes -> cells: what arrived, what kind of file it is, and what stands in it."""
