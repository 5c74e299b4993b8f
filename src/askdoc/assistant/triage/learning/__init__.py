"""How the second opinion of triage is learnt (`make flags`); nothing here runs for a question."""
