"""What is true of people and time: plain values and pure rules, no input or output."""
