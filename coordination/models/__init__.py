from coordination.models.network_plans import NetworkPlan, PlanGoal, PlanStep
from coordination.models.networks import Announcement, Network, NetworkMeeting, NetworkMember

__all__ = [
    "Announcement",
    "Network",
    "NetworkMeeting",
    "NetworkMember",
    "NetworkPlan",
    "PlanGoal",
    "PlanStep",
]
