"""HTTP: the same turn, the same sums and the same search as on the command line, and pages.

`app.build_app` is the way in. Nothing is imported here, and no other room imports this one but the
command line, which does so when it serves. Only this room knows HTTP statuses.
"""
