"""Ray's own command line and SDK against a history server, compared with what the live dashboard answered.

Runs in a Python that has ray[default]; the `ray` beside that Python is used.
"""
import asyncio
import json
import logging
import os
import subprocess
import sys

from ray.util.state.common import StateResource, resource_to_schema

from checks import Checks, Recording, Server, same, session_base

RAY = os.path.join(os.path.dirname(sys.executable), "ray")
# The dashboard's own requests started these after the recording ended; a replay has them, the recording does not.
LATE = {"_StatsActor.get_datasets"}
# Only a running cluster knows these.
VOLATILE = {"debugger_port", "num_paused_threads", "driver_exit_code"}
IDS = {"tasks": "task_id", "actors": "actor_id", "nodes": "node_id", "jobs": "submission_id", "workers": "worker_id",
       "placement-groups": "placement_group_id"}


def ray(*arguments, address=None, environment_address=None):
    command = [RAY, *arguments] + (["--address", address] if address else [])
    env = {k: v for k, v in os.environ.items() if not k.startswith("RAY_")}
    if environment_address:
        env["RAY_ADDRESS"] = environment_address
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, f"{' '.join(command)} ended with {done.returncode}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    assert "Traceback" not in done.stderr, done.stderr[-2000:]
    return done.stdout


def identity(resource, row):
    """Jobs by submission id, or job id; the rest by its own id, attempts apart."""
    name = row[IDS[resource]] or row["job_id"]
    return name, row.get("attempt_number", 0)


def as_client_shows(resource, rows, detail):
    """Recorded rows in the columns, and the human form, that Ray's client gives them."""
    schema = resource_to_schema(StateResource(resource.replace("-", "_")))
    columns = schema.list_columns(detail=detail)
    logging.getLogger("ray.util.state.common").setLevel(logging.CRITICAL)  # it cannot format launch times of uint64 max
    shown = [schema.humanify(schema(**row).asdict()) for row in rows]
    return [{column: row[column] for column in columns} for row in shown]


def compare(resource, mine, live):
    """Every live row is there, with equal values; more rows only where the recording is known to have ended early."""
    by_id = {identity(resource, row): row for row in mine}
    assert len(by_id) == len(mine), "rows come twice"
    for row in live:
        name = identity(resource, row)
        assert name in by_id, f"{name} of the live answer is missing"
        for key, value in row.items():
            assert key in VOLATILE or same(by_id[name].get(key), value, key), f"{name} {key}: {by_id[name].get(key)!r}, live {value!r}"
    known = {identity(resource, row) for row in live}
    more = [row for name, row in by_id.items() if name not in known and not (resource == "tasks" and row["name"] in LATE)]
    assert not more, f"{len(more)} rows that the live answer did not have, such as {more[0]}"
    return f"{len(mine)} rows, live {len(live)}"


def listed(resource, *arguments, **where):
    text = ray("list", resource, "--format", "json", *arguments, **where)
    return json.loads(text[text.index("["):]) if "[" in text else []


def command_line(checks, live, where, label):
    """Every command of the state and job command lines."""
    def rows(resource, arguments, uri):
        checks.check(f"{label}: ray list {' '.join((resource, *arguments))}", lambda: compare(
            resource, listed(resource, *arguments, **where), as_client_shows(resource, live.rows(uri), "--detail" in arguments)))

    everything = ("--limit", "10000")
    rows("tasks", everything, "/api/v0/tasks?limit=10000&detail=1")
    rows("tasks", (*everything, "--detail"), "/api/v0/tasks?limit=10000&detail=1")
    rows("tasks", ("--filter", "state=FAILED", "--detail"), "/api/v0/tasks?filter_keys=state&filter_predicates=%3D&filter_values=FAILED&detail=1")
    rows("tasks", ("--filter", "name!=square", *everything), "/api/v0/tasks?filter_keys=name&filter_predicates=!%3D&filter_values=square&limit=10000")
    rows("tasks", ("--filter", "state=FINISHED", "--filter", "name=square", *everything),
         "/api/v0/tasks?filter_keys=state&filter_predicates=%3D&filter_values=FINISHED&filter_keys=name&filter_predicates=%3D&filter_values=square&limit=10000")
    checks.check(f"{label}: ray list tasks --limit 5", lambda: five(listed("tasks", "--limit", "5", **where)))
    rows("actors", (), "/api/v0/actors")
    rows("actors", ("--detail",), "/api/v0/actors?detail=1&limit=10000")
    rows("actors", ("--filter", "state=DEAD", "--detail"),
         "/api/v0/actors?filter_keys=state&filter_predicates=%3D&filter_values=DEAD&detail=1&limit=10000")
    rows("nodes", (), "/api/v0/nodes?limit=100")
    rows("nodes", ("--detail",), "/api/v0/nodes?limit=10000&detail=1")
    rows("nodes", ("--filter", "state=DEAD", "--detail"),
         "/api/v0/nodes?detail=1&filter_keys=state&filter_predicates=%3D&filter_values=DEAD")
    rows("jobs", (), "/api/v0/jobs?detail=1")
    rows("jobs", ("--detail",), "/api/v0/jobs?detail=1")
    rows("workers", everything, "/api/v0/workers?detail=1&limit=10000")
    rows("workers", (*everything, "--detail"), "/api/v0/workers?detail=1&limit=10000")
    rows("workers", ("--filter", "is_alive=True", *everything),
         "/api/v0/workers?filter_keys=is_alive&filter_predicates=%3D&filter_values=True&limit=10000")
    rows("placement-groups", (), "/api/v0/placement_groups?detail=1&limit=10000")
    rows("placement-groups", ("--detail",), "/api/v0/placement_groups?detail=1&limit=10000")
    for resource in ("runtime-envs", "objects"):
        checks.check(f"{label}: ray list {resource} (not recorded: empty)",
                     lambda resource=resource: empty(listed(resource, **where)))
    checks.check(f"{label}: ray list cluster-events", lambda: events(listed("cluster-events", **where), live))
    checks.check(f"{label}: ray list cluster-events --detail", lambda: events(listed("cluster-events", "--detail", **where), live))
    checks.check(f"{label}: ray list actors (table)", lambda: contains(ray("list", "actors", **where), "Stats:", "Counter"))

    for resource, uri, key in (("tasks", "/api/v0/tasks?limit=10000&detail=1", "task_id"),
                               ("actors", "/api/v0/actors?detail=1&limit=10000", "actor_id"),
                               ("nodes", "/api/v0/nodes?limit=10000&detail=1", "node_id"),
                               ("workers", "/api/v0/workers?detail=1&limit=10000", "worker_id"),
                               ("placement-groups", "/api/v0/placement_groups?detail=1&limit=10000", "placement_group_id")):
        wanted = live.rows(uri)[0][key]
        checks.check(f"{label}: ray get {resource} {wanted}", lambda: contains(ray("get", resource, wanted, **where), key, wanted))
    checks.check(f"{label}: ray get actors of an unknown id",
                 lambda: contains(ray("get", "actors", "f" * 32, **where), "not found"))
    tasks = live.json("/api/v0/tasks/summarize")["data"]["result"]["result"]["node_id_to_summary"]["cluster"]
    checks.check(f"{label}: ray summary tasks", lambda: contains(ray("summary", "tasks", **where), *list(tasks["summary"])[:3]))
    actors = live.json("/api/v0/actors/summarize")["data"]["result"]["result"]["node_id_to_summary"]["cluster"]
    checks.check(f"{label}: ray summary actors", lambda: contains(ray("summary", "actors", **where), *list(actors["summary"])[:3]))
    checks.check(f"{label}: ray summary objects", lambda: contains(ray("summary", "objects", **where), "object"))

    jobs = live.json("/api/jobs/")
    names = [job["submission_id"] or job["job_id"] for job in jobs]
    checks.check(f"{label}: ray job list", lambda: contains(ray("job", "list", **where), *names))
    for job in (job for job in jobs if job["submission_id"]):
        name = job["submission_id"]
        checks.check(f"{label}: ray job status {name}", lambda: contains(ray("job", "status", name, **where).lower(), name, job["status"].lower()))
        logs = live.json(f"/api/jobs/{name}/logs")["logs"].strip()
        checks.check(f"{label}: ray job logs {name}", lambda: contains(ray("job", "logs", name, **where), logs))
        checks.check(f"{label}: ray job logs --follow {name}", lambda: contains(ray("job", "logs", "--follow", name, **where), logs.splitlines()[-1]))


def sdk(checks, live, base):
    """The calls of ray.util.state, with their default of raising when something is missing, and the job client."""
    from ray.job_submission import JobSubmissionClient
    from ray.util import state

    def rows(function, uri, **arguments):
        found = getattr(state, function)(address=base, limit=10000, detail="detail=1" in uri, **arguments)
        resource = function.removeprefix("list_").replace("_", "-")
        schema = resource_to_schema(StateResource(resource.replace("-", "_")))
        return compare(resource, [row.asdict() for row in found], [schema(**row).asdict() for row in live.rows(uri)])

    for function, uri in (("list_tasks", "/api/v0/tasks?limit=10000&detail=1"), ("list_actors", "/api/v0/actors?detail=1&limit=10000"),
                          ("list_nodes", "/api/v0/nodes?limit=10000&detail=1"), ("list_jobs", "/api/v0/jobs?detail=1"),
                          ("list_workers", "/api/v0/workers?detail=1&limit=10000"),
                          ("list_placement_groups", "/api/v0/placement_groups?detail=1&limit=10000")):
        checks.check(f"sdk: {function}", lambda: rows(function, uri))
    checks.check("sdk: list_tasks with two filters", lambda: rows("list_tasks",
                 "/api/v0/tasks?filter_keys=state&filter_predicates=%3D&filter_values=FINISHED&filter_keys=name&filter_predicates=%3D&filter_values=square&limit=10000",
                 filters=[("state", "=", "FINISHED"), ("name", "=", "square")]))
    checks.check("sdk: list_objects", lambda: empty(state.list_objects(address=base)))
    checks.check("sdk: list_runtime_envs", lambda: empty(state.list_runtime_envs(address=base)))
    checks.check("sdk: list_cluster_events", lambda: f"{len(state.list_cluster_events(address=base, limit=10000))} events")
    task = live.rows("/api/v0/tasks?limit=10000&detail=1")[0]
    checks.check("sdk: get_task", lambda: equal(one(state.get_task(task["task_id"], address=base)).name, task["name"]))
    actor = live.rows("/api/v0/actors?detail=1&limit=10000")[0]
    checks.check("sdk: get_actor", lambda: equal(state.get_actor(actor["actor_id"], address=base).class_name, actor["class_name"]))
    node = live.rows("/api/v0/nodes?limit=10000&detail=1")[0]
    checks.check("sdk: get_node", lambda: equal(state.get_node(node["node_id"], address=base).node_ip, node["node_ip"]))
    worker = live.rows("/api/v0/workers?detail=1&limit=10000")[1]
    checks.check("sdk: get_worker", lambda: equal(state.get_worker(worker["worker_id"], address=base).pid, worker["pid"]))
    group = live.rows("/api/v0/placement_groups?detail=1&limit=10000")[0]
    checks.check("sdk: get_placement_group", lambda: equal(state.get_placement_group(group["placement_group_id"], address=base).name, group["name"]))
    checks.check("sdk: get_job", lambda: equal(state.get_job("raysubmit_demo", address=base).status, "SUCCEEDED"))
    summary = live.json("/api/v0/tasks/summarize")["data"]["result"]["result"]["node_id_to_summary"]["cluster"]["summary"]
    checks.check("sdk: summarize_tasks", lambda: summaries(state.summarize_tasks(address=base), summary))
    summary_actors = live.json("/api/v0/actors/summarize")["data"]["result"]["result"]["node_id_to_summary"]["cluster"]["summary"]
    checks.check("sdk: summarize_actors", lambda: summaries(state.summarize_actors(address=base), summary_actors))
    checks.check("sdk: summarize_objects", lambda: state.summarize_objects(address=base) and None)

    client = JobSubmissionClient(base)
    checks.check("sdk: JobSubmissionClient.list_jobs", lambda: equal(
        sorted(job.submission_id or job.job_id for job in client.list_jobs()),
        sorted(job["submission_id"] or job["job_id"] for job in live.json("/api/jobs/"))))
    checks.check("sdk: JobSubmissionClient.get_job_info", lambda: equal(
        client.get_job_info("raysubmit_fail").message, live.json("/api/jobs/raysubmit_fail")["message"]))
    checks.check("sdk: JobSubmissionClient.get_job_logs", lambda: equal(
        client.get_job_logs("raysubmit_demo"), live.json("/api/jobs/raysubmit_demo/logs")["logs"]))
    checks.check("sdk: JobSubmissionClient.tail_job_logs", lambda: equal(
        asyncio.run(tail(client)), live.json("/api/jobs/raysubmit_demo/logs")["logs"]))


async def tail(client):
    return "".join([part async for part in client.tail_job_logs("raysubmit_demo")])


def five(rows):
    assert len(rows) == 5, f"{len(rows)} rows"


def empty(rows):
    assert rows == [], f"{len(rows)} rows"


def one(value):
    return value[0] if isinstance(value, list) else value


def equal(mine, live):
    assert mine == live, f"{mine!r}, live {live!r}"


def contains(text, *parts):
    for part in parts:
        assert part in text, f"'{part}' is not in\n{text[:1500]}"


def events(rows, live):
    """The live state API fails on these; /events has the same ones."""
    recorded = {event["eventId"] for group in live.json("/events")["data"]["events"].values() for event in group}
    missing = recorded - {row["event_id"] for row in rows}
    assert not missing, f"{len(missing)} events of the live answer are missing, such as {sorted(missing)[0]}"
    return f"{len(rows)} events"


def summaries(mine, live):
    groups = mine["cluster"]["summary"]
    for name, group in live.items():
        assert name in groups, f"{name} is missing"
        if name not in LATE:
            assert groups[name]["state_counts"] == group["state_counts"], f"{name}: {groups[name]}, live {group}"
    return f"{len(groups)} groups"


def main():
    checks, live = Checks("ray cli"), Recording()
    try:
        with live.serve() as server:
            base = session_base(server.url)
            command_line(checks, live, {"address": base}, "base path")
            sdk(checks, live, base)
        with Server("open", live.archive, "--port", "0") as server:
            where = {"environment_address": server.url}
            checks.check("open: prints the line that points Ray at it",
                         lambda: server.expect(f"export RAY_ADDRESS={server.url}"))
            checks.check("open: ray list tasks without --address",
                         lambda: compare("tasks", listed("tasks", "--limit", "10000", **where),
                                         as_client_shows("tasks", live.rows("/api/v0/tasks?limit=10000&detail=1"), False)))
            checks.check("open: ray summary actors without --address", lambda: contains(ray("summary", "actors", **where), "Counter"))
            checks.check("open: ray get nodes without --address", lambda: contains(ray(
                "get", "nodes", live.rows("/api/v0/nodes?limit=100")[0]["node_id"], **where), "ALIVE"))
            checks.check("open: ray job list without --address", lambda: contains(ray("job", "list", **where), "raysubmit_demo"))
            checks.check("open: ray job logs without --address", lambda: contains(
                ray("job", "logs", "raysubmit_fail", **where), "raise SystemExit(3)"))
    finally:
        live.close()
    return checks.finish()


if __name__ == "__main__":
    sys.exit(main())
