"""What a report is about, what it may do to society, who should look along, and the decision."""
