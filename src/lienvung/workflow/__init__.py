"""What people do: submissions and approvals, in a database of their own."""
