"""Gongchuang (工创): a city's whole-staff innovation system, whose every public figure opens down to its records."""

__version__ = "0.1.0"
