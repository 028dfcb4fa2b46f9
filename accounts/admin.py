"""What administrators manage: users, groups, and who is locked out."""

from accounts import failures, groups, users

__all__ = ["failures", "groups", "users"]
