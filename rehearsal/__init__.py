"""`make rehearse`: the deployment by compose, started, used and restored as docs/operations/ says."""
