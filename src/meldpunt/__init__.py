"""Meldpunt: the operations platform of a national CSIRT."""
