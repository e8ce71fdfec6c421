"""The campaign editor: plans in a list, and one plan to write, move and look back on."""
