"""`ottla cluster`."""

from __future__ import annotations

from dataclasses import asdict

from cyclopts import App

from ottla.cli.errors import OK
from ottla.cli.options import Json, Server
from ottla.cli.output import print_facts, print_json, print_table

app = App(name="cluster", help="See the cluster.")


@app.command
def info(*, json: Json = False, server: Server | None = None) -> int:
    """The cluster's id, its brokers, how much it holds."""
    found = (server or Server()).cluster().info()
    nodes = [asdict(node) | {"controller": node.node_id == found.controller_id} for node in found.nodes]
    if json:
        print_json(
            {
                "cluster_id": found.cluster_id,
                "controller_id": found.controller_id,
                "topics": found.topics,
                "partitions": found.partitions,
                "nodes": nodes,
            }
        )
        return OK
    print_facts({"cluster": found.cluster_id, "topics": found.topics, "partitions": found.partitions})
    print()
    columns = {"node_id": "Node", "host": "Host", "port": "Port", "rack": "Rack", "controller": "Controller"}
    print_table(nodes, columns)
    return OK
