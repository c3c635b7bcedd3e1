"""heavy-etl.py - the Glue job of the batch workflow: it reads what the stage before it wrote, and
writes for the next, both in the workflow's bucket. Which stages those are is none of its business."""
import json
import sys

import boto3
from awsglue.context import GlueContext
from awsglue.job import Job
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext
from pyspark.sql import functions as F

ARGUMENTS = ["JOB_NAME", "execution", "bucket", "input", "output"]


def transform(records):
    """The heavy part. Here: records of one id become one, the last of them."""
    if "id" not in records.columns:
        return records
    order = F.monotonically_increasing_id()
    last = records.withColumn("_order", order).groupBy("id").agg(F.max("_order").alias("_order"))
    return records.withColumn("_order", order).join(last, ["id", "_order"]).drop("_order")


def main():
    args = getResolvedOptions(sys.argv, ARGUMENTS)
    glue = GlueContext(SparkContext.getOrCreate())
    job = Job(glue)
    job.init(args["JOB_NAME"], args)
    s3 = boto3.client("s3")
    body = s3.get_object(Bucket=args["bucket"], Key=args["input"])["Body"].read()
    rows = json.loads(body)
    if rows:  # an execution of nothing is no failure
        spark = glue.spark_session
        lines = spark.sparkContext.parallelize([json.dumps(row) for row in rows])
        rows = [json.loads(line) for line in transform(spark.read.json(lines)).toJSON().collect()]
    s3.put_object(Bucket=args["bucket"], Key=args["output"], ContentType="application/json",
                  Body=json.dumps(rows, separators=(",", ":")).encode())
    job.commit()


main()
