"""The suggested check-in plan: who is worth keeping warm, with reasons, looked over before it starts."""
