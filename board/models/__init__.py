"""Tables, columns and constraints; no rules.

In every table of notices, rows, cases and ledgers ``home`` (the owning area's code) is the first column of the key, so that the table
can be partitioned by it.
"""

from board.models.answering import AnswerDraft, AnswerTemplate, CaseCorrection
from board.models.appraisals import Appraisal, AppraisalCount, AppraisalVote
from board.models.areas import Area, Holiday, PlaceAlias
from board.models.base import Base, Moment, db
from board.models.cases import Approved, Case, CasePhoto, Cause, Message, PublicAnswer, PublicLetter, Receipt
from board.models.catalogue import CatalogueLine
from board.models.channels import OtherChannel
from board.models.directives import Directive, DirectiveMessage, LeadOffice
from board.models.drafting import ColumnChoice, Draft, Hand, Job, SecrecyReview, Sheet, StagedRow, StoppedLeak
from board.models.duties import DutySettlement, DutyStatement, DutyStatementPlace, DutySwitch, NoticePeriod
from board.models.figures import CaseStanding, CaseTally, QuarterShare
from board.models.floods import AskingCount, AskingFlood, AskingKey
from board.models.meetings import Meeting, MeetingObjection
from board.models.notices import Attachment, Notice, Part, Printed, Row, SeriesStep, Version
from board.models.people import Login, SignInFailure, User
from board.models.reading import DeliveryItem, DeliveryList, ReadingPoint
from board.models.records import Ledger, Stamp, Switch
from board.models.rosters import RosterRow
from board.models.supervision import CommitteeOpinion
from board.models.walls import Hanging, ScanCount, Slip, UnderstoodCount, Wall, WallCheck

__all__ = [
    "AnswerDraft",
    "AnswerTemplate",
    "Appraisal",
    "AppraisalCount",
    "AppraisalVote",
    "Approved",
    "Area",
    "AskingCount",
    "AskingFlood",
    "AskingKey",
    "Attachment",
    "Base",
    "Case",
    "CaseCorrection",
    "CasePhoto",
    "CaseStanding",
    "CaseTally",
    "CatalogueLine",
    "Cause",
    "ColumnChoice",
    "CommitteeOpinion",
    "DeliveryItem",
    "DeliveryList",
    "Directive",
    "DirectiveMessage",
    "Draft",
    "DutySettlement",
    "DutyStatement",
    "DutyStatementPlace",
    "DutySwitch",
    "Hand",
    "Hanging",
    "Holiday",
    "Job",
    "LeadOffice",
    "Ledger",
    "Login",
    "Meeting",
    "MeetingObjection",
    "Message",
    "Moment",
    "Notice",
    "NoticePeriod",
    "OtherChannel",
    "Part",
    "PlaceAlias",
    "Printed",
    "PublicAnswer",
    "PublicLetter",
    "QuarterShare",
    "ReadingPoint",
    "Receipt",
    "RosterRow",
    "Row",
    "ScanCount",
    "SecrecyReview",
    "Sheet",
    "SignInFailure",
    "Slip",
    "StagedRow",
    "StoppedLeak",
    "SeriesStep",
    "Stamp",
    "Switch",
    "UnderstoodCount",
    "User",
    "Version",
    "Wall",
    "WallCheck",
    "db",
]
