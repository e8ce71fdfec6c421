import socket

from api import sockets


def nodelay(held: socket.socket) -> bool:
    return bool(held.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))


def test_what_a_listening_socket_accepts_sends_at_once() -> None:
    with socket.socket(socket.AF_INET) as listener:  # as Streamlit opens it
        listener.bind(("127.0.0.1", 0))
        listener.listen()

        assert sockets.send_at_once() >= 1

        with socket.create_connection(listener.getsockname()) as caller:
            accepted, _ = listener.accept()
            with accepted:
                assert nodelay(accepted)
                assert not nodelay(caller)


def test_other_sockets_are_left_alone() -> None:
    one, other = socket.socketpair()
    with one, other, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams:
        sockets.send_at_once()

        one.send(b"still works")
        assert other.recv(20) == b"still works"
        assert datagrams.fileno() > 0
