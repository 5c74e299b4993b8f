"""Tables, transactions and migrations; implements the ports of the rooms below.

`transcript.open_transcript` is the way in. Nothing is imported here: the libraries behind it are
heavy, and a sum needs none of them.
"""
