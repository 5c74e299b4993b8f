"""What is counted for whoever runs this: requests, their times, open streams, kinds of answers.

Labels are the patterns of routes, never addresses of objects: a metric names nobody.
"""

from functools import cache

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """The counters of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "askdoc_requests", "Requests.", ("method", "route", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "askdoc_request_seconds",
            "Time to the first byte.",
            ("route",),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.streams = Gauge(
            "askdoc_open_streams", "Streams that are open.", registry=self.registry
        )
        self.answers = Counter("askdoc_answers", "Answers.", ("kind",), registry=self.registry)
        # Finding a counter by its labels costs more than counting.
        self._counter, self._timer = cache(self.requests.labels), cache(self.seconds.labels)

    def count(self, method: str, route: str, status: int | None, took: float) -> None:
        """One request that was answered, after so many seconds."""
        self._counter(method, route, str(status)).inc()
        self._timer(route).observe(took)

    def shown(self) -> bytes:
        """All of them as Prometheus reads them."""
        return generate_latest(self.registry)
