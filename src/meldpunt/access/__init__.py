"""Who acts or looks, what that takes, and how the database comes to know."""
