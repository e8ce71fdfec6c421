"""How good is the budget optimizer where the truth is known? Simulated worlds and their verdict."""
