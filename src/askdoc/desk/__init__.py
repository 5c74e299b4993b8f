"""What waits for a person at the clinic: tasks, their hours, and what becomes of them.

A task is opened by a hand-over or by a reader who says that an answer is wrong. Nothing is promised
outside opening hours.
"""
