"""The sample world: campaigns, courses and learners that we made up, from one seed."""
