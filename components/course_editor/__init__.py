"""The course editor: courses in a list, and one course to write, weigh and look back on."""
