"""Referrals and slots: who may have which slot when, and what a booking may become.

Nothing here looks at a clock or a database: `today` and `now` are passed in, and who came first is
decided by `storage`. Nothing is imported here.
"""
