"""Who exists: individuals and those who may speak for them."""
