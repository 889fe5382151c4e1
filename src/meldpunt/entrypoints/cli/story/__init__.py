"""The story that the demo plays: a country that does not exist, its people, and one week."""
