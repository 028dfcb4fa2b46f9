"""The drawn timeline: a selection laid out on an axis, for templates to draw as SVG."""
