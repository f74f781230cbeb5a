"""Pages of the room: the proposal, the decision, and its service."""
