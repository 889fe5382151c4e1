"""The door for machines: other national systems that forward reports, and sensors of the detection network."""
