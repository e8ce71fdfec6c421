"""The HTTP edge: the gate, the sign-in forms, headers, assets and health."""
