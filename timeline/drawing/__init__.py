"""The drawn time line: a selection laid out on an axis, for templates to draw as SVG."""
