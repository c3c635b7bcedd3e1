"""JSONata, for which moto asks a Java machine that it does not have."""

import hashlib
import json
import uuid

from jsonata import Jsonata
from moto.stepfunctions.parser.api import EvaluationFailedEventDetails, HistoryEventType
from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import FailureEvent, FailureEventException
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name import StatesErrorName
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name_type import StatesErrorNameType
from moto.stepfunctions.parser.asl.component.common.string import string_expression
from moto.stepfunctions.parser.asl.component.intrinsic import jsonata as functions
from moto.stepfunctions.parser.asl.eval.event.event_detail import EventDetails
from moto.stepfunctions.parser.asl.jsonata import jsonata

from .patching import patch

HASHES = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}


def evaluate(expression):
    try:
        made = Jsonata.jsonata(expression)
        made.register_lambda("hash", lambda text, algorithm: hashlib.new(HASHES[algorithm], text.encode()).hexdigest())
        made.register_lambda("uuid", lambda: str(uuid.uuid4()))
        return json.loads(json.dumps(made.evaluate(None)))
    except Exception as why:  # noqa: BLE001 - whatever it is, the workflow can catch it
        raise jsonata.JSONataException("UNKNOWN", str(why)) from why


def install(lab):
    jsonata._eval_jsonata = evaluate
    jsonata._ILLEGAL_VARIABLE_REFERENCES.discard("$")  # it may stand within a predicate
    for name in ("$hash", "$uuid"):  # which are texts there, and functions above
        del functions._DECLARATION_BY_VARIABLE_REFERENCE[name]

    @patch(string_expression.StringJSONata, "_eval_body", "277b6f41", "an expression that fails is no error that a workflow can catch")
    def eval_body(original, self, env):
        try:
            return original(self, env)
        except jsonata.JSONataException as why:
            name = StatesErrorNameType.StatesQueryEvaluationError
            cause = f"The JSONata expression '{self.expression}' threw an error during evaluation. {why.details}"
            state = env.states.context_object.context_object_data.get("State", {}).get("Name", "")
            raise FailureEventException(FailureEvent(
                env=env, error_name=StatesErrorName(typ=name), event_type=HistoryEventType.EvaluationFailed,
                event_details=EventDetails(evaluationFailedEventDetails=EvaluationFailedEventDetails(
                    error=name.to_name(), cause=cause, location="", state=state)))) from why
