"""The portal on one machine without a server: PostgreSQL and Valkey as packages, started and stopped by us.

For development, tests and a first look. Production never imports this.
"""
