"""Signing up, and the link that comes by e-mail."""

JOIN = "/en/accounts/signup/"


def join(client, data):
    return client.post(JOIN, data)


def link_of(message):
    return message.url
