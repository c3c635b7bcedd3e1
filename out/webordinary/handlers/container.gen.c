// container.gen.c - container of webordinary as a program. Made by wgen from the spec;
// edit that.
#include "container.gen.h"

const WgQueue input_queue = {
    .variable = "INPUT_QUEUE_NAME",
    .places = (const char *const[]){ "project", "user", NULL},
    .fifo = true,
};

const WgQueue interrupts_queue = {
    .variable = "INTERRUPTS_QUEUE_NAME",
    .places = (const char *const[]){ "containerId", NULL},
    .made = "{\"attributes\":{\"VisibilityTimeout\":30,\"MessageRetentionPeriod\":345600,\"SqsManagedSseEnabled\":true,\"Policy\":{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"TlsOnly\",\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"sqs:*\",\"Resource\":\"arn:$(partition):sqs:us-west-2:$(account):webordinary-interrupts-$(containerId)\",\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"false\"}}}]}},\"tags\":{\"system\":\"webordinary\"}}",
};

const WgWorkflow email_processor_workflow = {.variable = "EMAIL_PROCESSOR_ARN"};

extern const WgWorker wg_worker_of_this;
const WgWorker wg_worker_of_this = {
    .name = "container",
    .serves = &input_queue,
    .listens = &interrupts_queue,
    .heartbeat_s = 60,
    .call = handle_container,
};

int main(int argc, char **argv) {
    return wg_worker(&wg_worker_of_this, argc, argv);
}
