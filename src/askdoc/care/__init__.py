"""What happens over time: refills and reminders, referrals and slots.

Pure decisions and the ports they need: the day or the moment is passed in, and nothing here reads
a file or a clock. What a reader would not guess: a refill belongs to the last time medicine was
collected, not to a date in a calendar.
"""
