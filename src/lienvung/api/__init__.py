"""The SDMX routes and the plain JSON routes; they answer from what is published and nothing else."""
