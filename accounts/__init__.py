"""Who may log in, and how: the throttle, the second factor, and whom an administrator manages."""
