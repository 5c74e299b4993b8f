"""The demonstration: people, a clinic, phones and changed rules that do not exist.

Nothing here is ever used outside `askdoc serve --demo`; everything it shows says that it is sample
data.
"""
