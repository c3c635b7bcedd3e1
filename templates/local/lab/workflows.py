"""moto's interpreter of state machines: reached from CloudFormation, with the roles of its machines, and
with what it lacks of the service's behaviour."""

import copy
import datetime
import functools
import sys
import threading
import time
import uuid

import boto3
import botocore.session
from botocore.config import Config
from moto.core.responses import ActionResult, EmptyResult
from moto.logs.models import logs_backends
from moto.stepfunctions import models, responses
from moto.stepfunctions.parser import models as interpreter
from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import FailureEvent
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name import StatesErrorName
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name_type import StatesErrorNameType
from moto.stepfunctions.parser.asl.component.common.retry import retrier_decl
from moto.stepfunctions.parser.asl.component.common.timeouts import heartbeat, timeout
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service import state_task_service, state_task_service_callback
from moto.stepfunctions.parser.asl.component.state.wait.wait_function import wait_function
from moto.stepfunctions.parser.asl.eval.callback import callback
from moto.stepfunctions.parser.asl.eval.event.logging import CloudWatchLoggingConfiguration, CloudWatchLoggingSession
from moto.stepfunctions.parser.asl.utils import boto_client
from moto.stepfunctions.parser.asl.utils.encoding import to_json_str
from moto.stepfunctions.parser.backend import execution
from moto.stepfunctions.parser.utils import camel_to_snake_case

from .patching import add, patch, patch_source


def logging_of(given):
    destinations = [{"cloudWatchLogsLogGroup": {"logGroupArn": d["CloudWatchLogsLogGroup"]["LogGroupArn"]}} for d in given.get("Destinations", [])]
    return {"level": given.get("Level", "OFF"), "includeExecutionData": given.get("IncludeExecutionData", False), "destinations": destinations}


@functools.cache
def operations(service):
    """The operations of a service in botocore's words, by their names in snake case."""
    model = botocore.session.Session().get_service_model(service)
    return {camel_to_snake_case(name): model.operation_model(name) for name in model.operation_names}


def machines(lab):
    models.stepfunctions_backends = interpreter.stepfunctions_parser_backends

    @patch(models.StateMachine, "create_from_cloudformation_json", "97e9fc1f", "it takes a name, a definition and a role only")
    def create(original, cls, resource_name, cloudformation_json, account_id, region_name, **options):
        given = cloudformation_json["Properties"]
        machine = models.stepfunctions_backends[account_id][region_name].create_state_machine(
            given["StateMachineName"], given["DefinitionString"], given["RoleArn"], tags=models.cfn_to_api_tags(given.get("Tags", [])),
            loggingConfiguration=logging_of(given.get("LoggingConfiguration", {})),
            tracingConfiguration={"enabled": bool(given.get("TracingConfiguration", {}).get("Enabled"))},
            sm_type=given.get("StateMachineType", "STANDARD"))
        machine.sm_type = machine.type  # which the interpreter reads
        return machine

    @patch(models.StateMachine, "has_cfn_attr", "06f7f898", "it does not know its ARN")
    def has_attribute(original, cls_or_name, *rest):
        return (rest or (cls_or_name,))[-1] in ("Arn", "Name", "StateMachineRevisionId")

    @patch(models.StateMachine, "get_cfn_attribute", "de60b705", "it does not know its ARN")
    def attribute(original, self, name):
        return {"Arn": self.arn, "StateMachineRevisionId": "INITIAL"}.get(name) or original(self, name)

    @patch(interpreter.StepFunctionsParserBackend, "start_execution", "0f8d9dd5", "executions without a name all have one ARN")
    def start(original, self, state_machine_arn, name=None, execution_input=None, trace_header=None):
        return original(self, state_machine_arn, name or str(uuid.uuid4()), execution_input, trace_header)

    @patch(execution.Execution, "__init__", "072ed592", "what was just made is among the others, without a status that could be asked for")
    def begin(original, self, *args, **options):
        original(self, *args, **options)
        self.exec_status = execution.ExecutionStatus.RUNNING


def answers(lab):
    @add(responses.StepFunctionResponse, "start_sync_execution", "express machines cannot be asked for their answer")
    def start_sync(self):
        backend = self.stepfunction_backend
        machine = backend.describe_state_machine(self._get_param("stateMachineArn"))
        name = self._get_param("name") or str(uuid.uuid4())
        arn = f"arn:aws:states:{backend.region_name}:{backend.account_id}:express:{machine.name}:{name}:{uuid.uuid4()}"
        run = execution.SyncExecution(
            name=name, sm_type="EXPRESS", role_arn=machine.roleArn, exec_arn=arn, account_id=backend.account_id,
            region_name=backend.region_name, state_machine=copy.copy(machine), start_date=datetime.datetime.now(datetime.timezone.utc),
            cloud_watch_logging_session=None, activity_store={}, input_data=self._get_param("input") or "{}")
        run.history = lambda: run.exec_worker.env.event_manager.get_event_history()
        run.start()
        lab.express.append(run)
        told = {key: value for key, value in run.to_start_sync_execution_output().items() if value is not None}
        told["status"] = getattr(told.get("status"), "value", told.get("status"))
        return ActionResult(told)

    @patch(responses.StepFunctionResponse, "send_task_failure", "f0fed5e8", "it forgets the cause")
    def send_task_failure(original, self):
        self.stepfunction_backend.send_task_failure(self._get_param("taskToken"), error=self._get_param("error"), cause=self._get_param("cause"))
        return EmptyResult()

    @patch(responses.StepFunctionResponse, "describe_execution", "c3953bdc", "an output that is text is not JSON, and one with a date fails")
    def describe(original, self):
        run = self.stepfunction_backend.describe_execution(self._get_param("executionArn"))
        told = {"executionArn": run.execution_arn, "input": run.execution_input, "name": run.name, "startDate": run.start_date,
                "stateMachineArn": run.state_machine_arn, "status": run.status, "error": run.error, "cause": run.cause,
                "stopDate": None if run.status == "RUNNING" else run.stop_date,
                "output": to_json_str(run.output, separators=(",", ":")) if run.status == "SUCCEEDED" else None}
        return ActionResult({key: value for key, value in told.items() if value is not None})


def tasks(lab):
    patch_source(state_task_service_callback.StateTaskServiceCallback, "_eval_integration_pattern", "3b97ada1",
                 "callback_endpoint.interrupt_all()", "callback_endpoint and callback_endpoint.interrupt_all()",
                 "what has no callbacks, such as glue:startJobRun.sync, ends in an error")

    @patch(callback.CallbackEndpoint, "notify_heartbeat", "838bf101", "a heartbeat that comes before it looks for one is refused")
    def notify_heartbeat(original, self):
        return original(self) or True

    @patch(state_task_service_callback.StateTaskServiceCallback, "_from_error", "1b5fce89", "a lost heartbeat is a timeout by name")
    def from_error(original, self, env, ex):
        if not isinstance(ex, callback.HeartbeatTimeoutError):
            return original(self, env, ex)
        event = self._get_timed_out_failure_event(env)
        event.event_details["taskTimedOutEventDetails"]["error"] = "States.HeartbeatTimeout"
        return FailureEvent(env=env, error_name=StatesErrorName(typ=StatesErrorNameType.StatesHeartbeatTimeout),
                            event_type=event.event_type, event_details=event.event_details)

    @patch(state_task_service.StateTaskService, "_normalise_parameters", "dece59e7", "it hands names over as they are written, which boto refuses")
    def parameters(original, self, parameters, boto_service_name=None, service_action_name=None):
        action = self._get_boto_service_action(service_action_name)
        shape = operations(self._get_boto_service_name(boto_service_name))[camel_to_snake_case(action)].input_shape
        if shape is not None:
            self._to_boto_request(parameters, shape)

    @patch(state_task_service.StateTaskService, "_normalise_response", "00e0b0a5", "answers have boto's names and streams")
    def response(original, self, response, boto_service_name=None, service_action_name=None):
        action = self._get_boto_service_action(service_action_name)
        shape = operations(self._get_boto_service_name(boto_service_name))[camel_to_snake_case(action)].output_shape
        if shape is not None:
            self._from_boto_response(response, shape)

    clients, lock = {}, threading.RLock()

    @patch(boto_client, "boto_client_for", "1f44dc2a", "it makes a client for every task, slowly, and for nobody's role")
    def client(original, region, service, state_credentials=None):
        role = getattr(state_credentials, "role_arn", None)
        with lock:
            key = (lab.endpoint, service, region, role)
            if key not in clients:
                clients[key] = boto3.session.Session().client(
                    service, region_name=region, endpoint_url=lab.endpoint, **lab.session(role, "workflow"),
                    config=Config(parameter_validation=False, inject_host_prefix=False, retries={"total_max_attempts": 1},
                                  max_pool_connections=64, read_timeout=900, s3={"addressing_style": "path"}))
            return clients[key]

    for module in list(sys.modules.values()):  # who imported it by name
        if module.__name__.startswith("moto.stepfunctions") and hasattr(module, "boto_client_for"):
            module.boto_client_for = boto_client.boto_client_for


def logs(lab):
    @patch(CloudWatchLoggingSession, "publish_history_log", "bea9765f", "it fails on the time of an event")
    def publish(original, self, history_log):
        backend = logs_backends[self.configuration.log_account_id][self.configuration.log_region]
        group, stream = self.configuration.log_group_name, self.configuration.log_stream_name.replace(":", "_")
        if stream not in backend.groups[group].streams:
            backend.create_log_stream(group, stream)
        backend.put_log_events(group, stream, [{"timestamp": int(time.time() * 1000), "message": to_json_str(history_log)}])

    for owner, was in ((execution.Execution, "f06f34d8"), (execution.SyncExecution, "f8326da3")):
        @patch(owner, "_get_start_execution_worker", was, "no execution is logged")
        def worker(original, self):
            machine = self.state_machine
            given = machine.loggingConfiguration or {}
            if self._cloud_watch_logging_session is None and given.get("level", "OFF") != "OFF":
                configuration = CloudWatchLoggingConfiguration.from_logging_configuration(
                    state_machine_arn=machine.arn, logging_configuration=given)
                if configuration is not None:
                    self._cloud_watch_logging_session = CloudWatchLoggingSession(execution_arn=self.exec_arn, configuration=configuration)
            return original(self)


def clock(lab):
    """Hours are seconds where a test says so: lab.clock(what, seconds) is how long it really takes."""
    @patch(timeout.Timeout, "_eval_body", "5c5f336e", "time is the test's")
    def timeout_seconds(original, self, env):
        seconds = self._eval_seconds(env=env)
        env.stack.append(seconds if seconds >= 99999999 else lab.clock("timeout", seconds))

    @patch(heartbeat.Heartbeat, "_eval_body", "5c5f336e", "time is the test's")
    def heartbeat_seconds(original, self, env):
        env.stack.append(lab.clock("heartbeat", self._eval_seconds(env=env)))

    @patch(wait_function.WaitFunction, "_eval_body", "adaade60", "time is the test's")
    def wait(original, self, env):
        end = time.monotonic() + lab.clock("wait", max(0, self._get_wait_seconds(env=env)))
        while env.is_running() and time.monotonic() < end:
            time.sleep(min(0.01, max(0, end - time.monotonic())))

    retrier_decl.time = type("time", (), {"sleep": staticmethod(lambda seconds: time.sleep(lab.clock("retry", seconds)))})


def install(lab):
    for part in (machines, answers, tasks, logs, clock):
        part(lab)
