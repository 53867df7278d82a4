"""Paper: what leaves the house as PDF."""
