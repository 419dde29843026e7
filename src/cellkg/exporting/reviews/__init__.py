"""Characteristics and adverse events of studies, as a systematic review prints them."""
