"""A message as facts, amounts, medicines and asks, each with where it was said."""
