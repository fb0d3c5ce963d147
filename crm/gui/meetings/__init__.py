"""The room of meetings: the user's own calendar looked over, and meetings that wait for an answer."""
