"""Policy documents → passages → search: what holds for this person, on that day, with its article.

Nothing is imported here: numpy, Chroma and the embedding load only where a search begins.
"""
