"""Targets held against figures and against each other."""
