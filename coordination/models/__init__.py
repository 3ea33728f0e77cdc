from coordination.models.network_plans import NetworkPlan, PlanGoal, PlanStep
from coordination.models.networks import Announcement, Network, NetworkDocument, NetworkMeeting, NetworkMember

__all__ = [
    "Announcement",
    "Network",
    "NetworkDocument",
    "NetworkMeeting",
    "NetworkMember",
    "NetworkPlan",
    "PlanGoal",
    "PlanStep",
]
