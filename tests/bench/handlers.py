"""What a handler costs: its own time for each event (echo, on this machine's loopback), and how long
the binary takes from its start to its first question, as cells of a table.

usage: handlers.py PROGRAM [EVENTS]"""
import os
import socket
import statistics
import subprocess
import sys
import time

EVENT = b'{"Records": [{"body": "' + b"x" * 200 + b'"}]}'


def read_request(client, data):
    while b"\r\n\r\n" not in data:
        data += client.recv(1 << 16)
    head, data = data.split(b"\r\n\r\n", 1)
    size = 0
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            size = int(line.split(b":")[1])
    while len(data) < size:
        data += client.recv(1 << 16)
    return head, data[size:]


def main():
    program, events = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 5000
    listener = socket.create_server(("127.0.0.1", 0))
    env = dict(os.environ, AWS_REGION="us-west-2",
               AWS_LAMBDA_RUNTIME_API=f"127.0.0.1:{listener.getsockname()[1]}")
    starts = []
    for _ in range(11):  # from exec to the first question
        begun = time.perf_counter()
        child = subprocess.Popen([program], env=env, stdout=subprocess.DEVNULL)
        client, _ = listener.accept()
        read_request(client, b"")
        starts.append(time.perf_counter() - begun)
        client.sendall(b"HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n")
        client.close()
        child.wait()
    child = subprocess.Popen([program], env=env, stdout=subprocess.DEVNULL)
    client, _ = listener.accept()
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    _, data = read_request(client, b"")
    times = []
    for i in range(events):  # from the event to its answer
        begun = time.perf_counter()
        client.sendall(b"HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: r-%d\r\n"
                       b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n" % (i, len(EVENT)) +
                       EVENT)
        _, data = read_request(client, data)
        times.append(time.perf_counter() - begun)
        client.sendall(b"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n")
        _, data = read_request(client, data)
    client.sendall(b"HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n")
    child.wait()
    times.sort()
    print(f"| {statistics.median(times) * 1e3:.2f} ms | {times[events * 99 // 100] * 1e3:.2f} ms "
          f"| {statistics.median(starts) * 1e3:.1f} ms | {max(starts) * 1e3:.1f} ms |")


if __name__ == "__main__":
    main()
