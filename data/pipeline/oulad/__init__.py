"""Courses, learners and their work from a folder shaped like the Open University's data."""
