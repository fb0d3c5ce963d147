"""The room of events: job fairs, meetups, groups, mentors; who was met there and what came of it."""
