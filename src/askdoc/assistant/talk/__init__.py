"""One message in a conversation: what it does, what it takes up, what is kept."""
