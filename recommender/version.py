"""The version; a leaf, which results can name."""

VERSION = "0.1.0"
