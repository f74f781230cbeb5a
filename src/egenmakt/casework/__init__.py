"""The exercise of authority: from an application to a decision that has been served."""
