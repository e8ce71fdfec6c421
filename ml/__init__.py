"""Models: how they are trained, kept, promoted and served."""
