"""2 One layout becomes plain rows, each with the address of its cell."""
