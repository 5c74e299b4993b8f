"""An outside model: what it is asked, what it sees, and what of its words may be shown."""
