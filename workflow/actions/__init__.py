"""Everything that can be done with the engine.

`move`, `move_many`, `draft`, `release_at_once`, `propose_change`, `decide_change`, `claim`,
`release` and `extend` check the permission themselves. `begin`, `open_item`, `close_items`, `close_items_of`,
`pause`, `resume`, `hand_over`, `ask`, `answer_requests`, `refuse_unless_open`, `issue_receipt` are parts of
an app's own act, which has checked it.
"""

from workflow.actions.batches import move_batch
from workflow.actions.changes import decide_change, propose_change
from workflow.actions.drafts import discard_draft, draft, release_at_once
from workflow.actions.items import (
    claim,
    close_items,
    close_items_of,
    escalate,
    hand_over,
    open_item,
    pause,
    release,
    resume,
)
from workflow.actions.moving import begin, move, move_many
from workflow.actions.receipts import digest_of, issue_receipt
from workflow.actions.requests import answer_requests, ask
from workflow.actions.windows import extend, refuse_unless_open

__all__ = [
    "answer_requests",
    "ask",
    "begin",
    "claim",
    "close_items",
    "close_items_of",
    "decide_change",
    "digest_of",
    "discard_draft",
    "draft",
    "escalate",
    "extend",
    "hand_over",
    "issue_receipt",
    "move",
    "move_batch",
    "move_many",
    "open_item",
    "pause",
    "propose_change",
    "refuse_unless_open",
    "release",
    "release_at_once",
    "resume",
]
