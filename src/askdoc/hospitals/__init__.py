"""Hospitals' own booking systems: which are connected, and how they are asked.

Nothing is imported here.
"""
