"""The door of the public: reporting, following a report, and what was published."""
