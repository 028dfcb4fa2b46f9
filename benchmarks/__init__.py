"""What is measured, and how: README.md."""
