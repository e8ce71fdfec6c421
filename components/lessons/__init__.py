"""What pages draw of one lesson: its content, its quiz, and the forms that write both."""
