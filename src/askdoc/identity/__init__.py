"""Who is calling and what they may touch: roles, tokens, keys, and how names are sealed.

Nothing here reads the time, a file or a database. What a reader would not guess: an object of
somebody else is never "forbidden" but "not there", so that nobody learns that it exists.
"""
