"""What pages draw of a learner's courses."""
