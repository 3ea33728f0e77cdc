from coordination.models.regional import (
    Absence,
    Deputy,
    Enquiry,
    EnquiryLine,
    HandOver,
    Named,
    Passed,
    TermNote,
)

__all__ = [
    "Absence",
    "Deputy",
    "Enquiry",
    "EnquiryLine",
    "HandOver",
    "Named",
    "Passed",
    "TermNote",
]
