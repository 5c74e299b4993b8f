"""What the tools tell: one module for each kind of question, and how results are put in words."""
