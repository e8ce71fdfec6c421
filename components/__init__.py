"""What pages draw with; the only users of Streamlit's session state."""
