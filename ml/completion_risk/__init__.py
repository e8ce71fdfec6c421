"""Will this enrolment end failed or withdrawn? Estimated from what is known on a day."""
