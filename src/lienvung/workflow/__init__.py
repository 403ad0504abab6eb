"""What people do: accounts, submissions, approvals, the calendar, the audit, in a database of their own."""
