"""What happens to a message that came in from a channel, decided without a database.

`reacting.react` is the way in; `askdoc.receptionist` takes messages out of the inbox and keeps
what it says.
"""
