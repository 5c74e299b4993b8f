"""One turn of conversation: read the question, call the tools, tell the answer.

`turn.take_turn` is the way in. Nothing is imported here, so that a sum for the command line
does not load the reader and the catalogue.
"""
