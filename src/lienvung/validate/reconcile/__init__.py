"""Do published figures agree with each other? One small class per rule, over a whole history at once."""
