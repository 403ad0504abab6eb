"""Pages: Vietnamese under ``/vi``, English under ``/en``. Everything works with JavaScript off."""
