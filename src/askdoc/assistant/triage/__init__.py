"""What must be said before any insurance question is answered."""
