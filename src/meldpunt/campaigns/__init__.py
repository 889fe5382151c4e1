"""Mass warning of victims: from a feed to one package per organisation, wave by wave."""
