"""Jobs: long work that can be watched, left, resumed and returned to."""
