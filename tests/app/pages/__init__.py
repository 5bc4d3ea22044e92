"""The pages over HTTP: what stands where, and what the desk does when it is asked."""
