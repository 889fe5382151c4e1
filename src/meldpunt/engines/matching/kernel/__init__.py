"""The compiled twin of the grammar and the registry. It answers as they do or says that it is not sure."""
