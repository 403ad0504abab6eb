"""3 Believe, flag or refuse: one rule, one id."""
