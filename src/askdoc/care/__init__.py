"""What happens over time: prescriptions, refills, reminders, referrals and slots.

Pure decisions and the ports they need; nothing is imported here.
"""
