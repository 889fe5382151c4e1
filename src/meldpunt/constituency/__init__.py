"""The organisations we serve and the parties we work with: whose is what, and who may know their name."""
