"""When will this learner have handed in the last required work? Given that they complete."""
