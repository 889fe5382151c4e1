"""The nine steps of the story, each a module, in the order in which they are played."""
