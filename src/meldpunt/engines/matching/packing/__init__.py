"""From attributed rows to a package for each organisation, in bounded memory and safe to begin again."""
