"""What runs on the checked cluster. usage: collect_workload.py ADDRESS all|job|fail|left

all   tasks that succeed, fail, are retried, lose their worker or print a lot; actors of every end; a placement group
job   the entry point of a submitted job
fail  the entry point of a submitted job that exits with 3
left  tasks that still run, wait or can never run when the cluster ends
"""
import os
import sys
import time

import ray

LINES = 6000  # of about 40 bytes: several rotations of a worker's log


@ray.remote
def square(n):
    return n * n


@ray.remote(max_retries=2, retry_exceptions=True)
def fails(n):
    raise ValueError(f"this is meant to fail: {n}")


@ray.remote(max_retries=1)
def dies():
    os._exit(7)


@ray.remote
def outer(n):
    return sum(ray.get([square.remote(i) for i in range(n)]))


@ray.remote
def prints(name):
    for line in range(LINES):
        print(f"numbered line of {name}: {line:06d}", flush=line % 100 == 0)
        if line % 1500 == 1499:
            time.sleep(1)  # rotations as slow as a busy program's, not as a burst's
    return os.getpid()


@ray.remote
def sleeps(seconds):
    time.sleep(seconds)


@ray.remote
class Counter:
    def __init__(self, start=0):
        self.count = start

    def add(self, n=1):
        self.count += n
        return self.count

    def leave(self):
        os._exit(1)


@ray.remote
class Broken:
    def __init__(self):
        raise RuntimeError("this constructor is meant to fail")

    def ping(self):
        return True


def expect_failure(reference):
    try:
        ray.get(reference)
    except ray.exceptions.RayError as failure:
        return type(failure).__name__
    raise AssertionError("this was meant to fail")


def everything():
    numbers = ray.get([square.remote(n) for n in range(20)])
    assert numbers[4] == 16
    printed = [prints.options(resources={where: 1}).remote(where) for where in ("on_head", "on_worker")]
    assert ray.get(outer.remote(3)) == 5
    print("failed:", expect_failure(fails.remote(1)), expect_failure(dies.remote()))
    named = Counter.options(name="named", resources={"on_worker": 1}).remote(10)
    assert ray.get(named.add.remote()) == 11
    detached = Counter.options(name="detached", lifetime="detached", resources={"on_head": 1}).remote()
    ray.get(detached.add.remote(2))
    restarted = Counter.options(max_restarts=1, max_task_retries=0).remote()
    ray.get(restarted.add.remote())
    print("left:", expect_failure(restarted.leave.remote()))
    deadline = time.monotonic() + 30
    while True:  # until the restart is through
        try:
            ray.get(restarted.add.remote())
            break
        except ray.exceptions.RayActorError:
            assert time.monotonic() < deadline
            time.sleep(0.5)
    print("broken:", expect_failure(Broken.remote().ping.remote()))
    ray.kill(restarted)
    group = ray.util.placement_group([{"CPU": 1}], name="group")
    ray.get(group.ready())
    ray.get(square.options(scheduling_strategy=ray.util.scheduling_strategies.PlacementGroupSchedulingStrategy(group)).remote(3))
    ray.util.remove_placement_group(group)
    print("printed by", ray.get(printed))


def leave_unfinished():
    waiting = [sleeps.options(name="running", resources={where: 1}).remote(600) for where in ("on_head", "on_worker")]
    # The detached actor has one of the eight.
    waiting += [sleeps.options(name="pending", resources={"on_head": 8}).remote(600) for _ in range(2)]
    waiting.append(sleeps.options(name="infeasible", resources={"nowhere": 1}).remote(600))
    ray.get(waiting)


def main():
    address, what = sys.argv[1:3]
    ray.init(address if what in ("all", "left") else "auto", namespace="e2e", log_to_driver=False)
    if what == "all":
        everything()
    elif what == "job":
        print("the sum is", sum(ray.get([square.remote(n) for n in range(30)])))
    elif what == "fail":
        ray.get(square.remote(1))
        sys.exit(3)
    else:
        leave_unfinished()


if __name__ == "__main__":
    main()
