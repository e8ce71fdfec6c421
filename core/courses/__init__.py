"""Courses: what is taught, who is enrolled, what they completed."""
