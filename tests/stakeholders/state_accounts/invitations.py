"""Inviting a State."""

from datetime import date

from stakeholders.state_accounts import actions as state_accounts_actions

ADDRESS = "envoy@mission.example"


def invite(actor, address=ADDRESS, **answers):
    answers = {
        "country": "KEN",
        "note_reference": "NV 12/2026",
        "note_date": date(2026, 10, 1),
        "language": "en",
        **answers,
    }
    return state_accounts_actions.invite_state(address, actor=actor, **answers)
