package palomar.net;

import java.net.InetSocketAddress;
import java.nio.file.Path;

/// Where a listener listens. Its `toString` is for people.
public sealed interface Endpoint {
    /// A TCP address; port 0 lets the system choose.
    record Tcp(InetSocketAddress address) implements Endpoint {
        @Override
        public String toString() {
            return address.getAddress().getHostAddress().indexOf(':') >= 0
                    ? "[" + address.getAddress().getHostAddress() + "]:" + address.getPort()
                    : address.getAddress().getHostAddress() + ":" + address.getPort();
        }
    }

    /// A Unix socket; a stale one in its place is replaced.
    ///
    /// @param mode permission bits, as `0660`
    record Unix(Path path, int mode) implements Endpoint {
        @Override
        public String toString() {
            return "unix:" + path;
        }
    }
}
